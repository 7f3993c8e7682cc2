using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Runtime;

/// <summary>How ML.NET cuts lines into fields: quotes, separators, sparse lines.</summary>
public class TextLineTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Theory]
    [InlineData("a,b,c", "['a' 'b' 'c'] ['a' 'b' 'c'] ['a' 'b' 'c']")]
    [InlineData("\"a,b\",c", "['a,b' 'c' ''] ['\"a' 'b\"' 'c'] ['a,b' 'c' '']")]
    [InlineData("\"a\"\"b\",c", "['a\"b' 'c' ''] ['\"a\"\"b\"' 'c' ''] [3| 1:'c']")]
    [InlineData("\"\",c", "[3| 1:'c'] ['\"\"' 'c' ''] [3| 1:'c']")]
    [InlineData("\"\"\"\",c", "['\"' 'c' ''] ['\"\"\"\"' 'c' ''] [3| 1:'c']")]
    [InlineData(" \"a\" ,c", "['a' 'c' ''] ['\"a\" ' 'c' ''] ['a' 'c' '']")]
    [InlineData("\"a\"x,c", "[3| 1:'c'] ['\"a\"x' 'c' ''] [3| 1:'c']")]
    [InlineData("\"a,c", "[3| ] ['\"a' 'c' ''] [3| ]")]
    [InlineData("\"a\"\"", "[3| ] [3| 0:'\"a\"\"'] [3| ]")]
    [InlineData("a\"b\",c", "['a\"b\"' 'c' ''] ['a\"b\"' 'c' ''] ['a\"b\"' 'c' '']")]
    [InlineData("  a  ,  b  ", "['a  ' 'b  ' ''] ['a  ' 'b  ' ''] ['a  ' 'b  ' '']")]
    [InlineData("\"  a  \",b", "['  a  ' 'b' ''] ['\"  a  \"' 'b' ''] ['  a  ' 'b' '']")]
    [InlineData(",,", "[3| ] [3| ] [3| ]")]
    [InlineData("a,\"b\\\"c\",d", "['a' '' 'd'] ['a' '\"b\\\"c\"' 'd'] ['a' 'b\"c' 'd']")]
    public void Quotes(string line, string expected)
    {
        using var file = new TextFile(line);
        TextLoader.Column[] columns = [new("A", DataKind.String, 0, 2)];
        var quoted = _ml.Data.LoadFromTextFile(file.Path, columns, ',', allowQuoting: true);
        var plain = _ml.Data.LoadFromTextFile(file.Path, columns, ',');
        var escaped = _ml.Data.LoadFromTextFile(
            file.Path, new TextLoader.Options { Columns = columns, Separators = [','], AllowQuoting = true, EscapeChar = '\\' });

        Assert.Equal(expected, $"{DataText.Rows(quoted)} {DataText.Rows(plain)} {DataText.Rows(escaped)}");
    }

    [Fact]
    public void QuotedLineBreaks()
    {
        using var file = new TextFile("h1,h2", "\"a\nb\",1", "c,\"d\n\n//e\"\"f\"", "\"x\"y\",2", "z,\"last\"");
        var data = _ml.Data.LoadFromTextFile(file.Path, new TextLoader.Options
        {
            Columns = [new("A", DataKind.String, 0, 1)],
            Separators = [','],
            HasHeader = true,
            AllowQuoting = true,
            ReadMultilines = true,
        });
        using var open = new TextFile("a,\"b", "c");
        var never = _ml.Data.LoadFromTextFile(open.Path, new TextLoader.Options
        {
            Columns = [new("A", DataKind.String, 0, 1)],
            Separators = [','],
            AllowQuoting = true,
            ReadMultilines = true,
        });

        Assert.Equal(
            """
            ['a
            b' '1']
            ['c' 'd

            //e"f']
            [2| 1:'2']
            ['z' 'last']
            """,
            DataText.Rows(data));
        Assert.Equal(
            "FormatException: Parsing failed with an exception: Stream reading encountered exception",
            DataText.Error(() => DataText.Rows(never)));
    }

    [Fact]
    public void SeveralSeparators_AndTrailingBlanks()
    {
        using var file = new TextFile("a;b,c  ", "d e;f \t");
        TextLoader.Column[] columns = [new("A", DataKind.String, 0, 3)];
        var data = _ml.Data.LoadFromTextFile(file.Path, new TextLoader.Options { Columns = columns, Separators = [',', ';', ' '] });
        var trimmed = _ml.Data.LoadFromTextFile(
            file.Path, new TextLoader.Options { Columns = columns, Separators = [',', ';'], TrimWhitespace = true });

        Assert.Equal(
            """
            ['a' 'b' 'c' '']
            ['d' 'e' 'f' '	']
            """,
            DataText.Rows(data));
        Assert.Equal(
            """
            ['a' 'b' 'c' '']
            [4| 0:'d e' 1:'f']
            """,
            DataText.Rows(trimmed));
    }

    [Theory]
    [InlineData("1 2 6 0:3 4:5", 0, "1 [6| 0:2 1:3 5:5] [7| 0:2 1:3 5:5]")]
    [InlineData("1 6 1:2", 0, "1 [6| 1:2] [6| 1:2]")]
    [InlineData("0:3 4:5", 0, "0 [6| ] []")]
    [InlineData("1 2 3", 0, "1 [6| 0:2 1:3] [2 3]")]
    [InlineData("1 x 0:3", 0, "1 [6| 0:NaN] [NaN]")]
    [InlineData("1 0 0:3", 0, "1 [6| 0:0] [0]")]
    [InlineData("1 6 3:1 2:1", 0, "1 [6| 3:1] [6| 3:1]")]
    [InlineData("1 6 3:1 7", 0, "1 [6| 3:1] [6| 3:1]")]
    [InlineData("1 6 3:1 9:1", 0, "1 [6| 3:1] [6| 3:1]")]
    [InlineData("1 6 3:1 6:1", 0, "1 [6| 3:1] [6| 3:1]")]
    [InlineData("1 6 1234567890:1", 0, "1 [6| 0:6 1:NaN] [6 NaN]")]
    [InlineData("1 99999999 5:1", 0, "1 [6| 5:1] [99999999| 5:1]")]
    [InlineData("1 99999999999 5:1", 0, "1 [6| 0:1E+11] [1E+11]")]
    [InlineData("1 6 3: 4:2", 0, "1 [6| 4:2] [6| 4:2]")]
    [InlineData("9 0:3 4:5", 7, "9 [6| 0:3 4:5] [6| 0:3 4:5]")]
    [InlineData("9 8 7 0:3 4:5", 7, "9 [6| 0:8 1:7 2:3] [6| 0:8 1:7 2:3]")]
    [InlineData("9 0:3 6:5", 7, "9 [6| 0:3] [6| 0:3]")]
    [InlineData("9 0:3 5:5", 7, "9 [6| 0:3 5:5] [6| 0:3 5:5]")]
    public void SparseLines(string line, int inputSize, string expected)
    {
        using var file = new TextFile(line);
        var options = new TextLoader.Options
        {
            Separators = [' '],
            AllowSparse = true,
            InputSize = inputSize == 0 ? null : inputSize,
            Columns =
            [
                new("L", DataKind.Single, 0),
                new("F", DataKind.Single, 1, 6),
                new("R", DataKind.Single, [new TextLoader.Range { Min = 1, VariableEnd = true }]),
            ],
        };

        Assert.Equal(expected, DataText.Rows(_ml.Data.LoadFromTextFile(file.Path, options)));
    }

    [Fact]
    public void Vectors_StaySparse_WhileLessThanHalfIsGiven()
    {
        using var file = new TextFile("1,,,,,", "1,2,,,,", "1,2,3,,,", ",,,,,6", "1,2,3,4,5,6", ",2,,4,,6", ",0,0");
        var data = _ml.Data.LoadFromTextFile(file.Path, [new("V", DataKind.Single, 0, 5)], ',');

        Assert.Equal(
            """
            [6| 0:1]
            [6| 0:1 1:2]
            [6| 0:1 1:2 2:3]
            [6| 5:6]
            [1 2 3 4 5 6]
            [6| 1:2 3:4 5:6]
            [6| 1:0 2:0]
            """,
            DataText.Rows(data));
    }
}
