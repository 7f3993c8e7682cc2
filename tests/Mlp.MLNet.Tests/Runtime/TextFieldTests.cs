using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Runtime;

/// <summary>How ML.NET cuts lines into fields and reads values from them.</summary>
public class TextFieldTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Numbers_ToTheLastBit()
    {
        string[] tokens =
        [
            "0", "-0", "7", "?", "NaN", "nan", "NA", "n/a", "-", "+", ".", "1.", ".5", "-.5", "+3", "1e", "1e+", "1e5", "1E-5",
            "1e5x", "1,5", "0x10", "Infinity", "-Infinity", "inf", "\u221E", "-\u221E", "1e39", "-1e39", "3.4028235e38",
            "3.4028236e38", "1e-45", "7e-46", "1e-46", "1e308", "1.7976931348623157e308", "1e309", "1e400", "4.9e-324", "2e-324",
            "1e-400", "0.1", "0.2", "0.30000000000000004", "123456789012345678901234567890", "9007199254740993",
            "18446744073709551615", "18446744073709551616", "0.000000000000000000000000000000000000000000000000001", "1e22",
            "1e23", "8.5e22", "16777217", "33554433", "1.1754942e-38", "2.2250738585072011e-308", " 5 ", "5 x", "1 2", "--1",
            "1e99999999999999999999", "1e-99999999999999999999",
        ];
        using var file = new TextFile(tokens);
        var data = _ml.Data.LoadFromTextFile(file.Path, [new("S", DataKind.Single, 0), new("D", DataKind.Double, 0)]);
        var rows = DataText.RowList(data).Zip(tokens, (row, token) => $"{token.Trim()} = {row}");

        Assert.Equal(
            "0 = 0 0; -0 = -0 -0; 7 = 7 7; ? = NaN NaN; NaN = NaN NaN; nan = NaN NaN; NA = NaN NaN; n/a = NaN NaN; - = NaN "
            + "NaN; + = NaN NaN; . = NaN NaN; 1. = 1 1; .5 = 0.5 0.5; -.5 = -0.5 -0.5; +3 = 3 3; 1e = NaN NaN; 1e+ = NaN NaN; "
            + "1e5 = 100000 100000; 1E-5 = 1E-05 1E-05; 1e5x = NaN NaN; 1,5 = NaN NaN; 0x10 = NaN NaN; Infinity = Infinity "
            + "Infinity; -Infinity = -Infinity -Infinity; inf = NaN NaN; ∞ = Infinity Infinity; -∞ = -Infinity -Infinity; 1e39 "
            + "= Infinity 1E+39; -1e39 = -Infinity -1E+39; 3.4028235e38 = 3.4028235E+38 3.4028235E+38; 3.4028236e38 = Infinity "
            + "3.4028236E+38; 1e-45 = 1E-45 1E-45; 7e-46 = 0 7E-46; 1e-46 = 0 1E-46; 1e308 = Infinity 1E+308; "
            + "1.7976931348623157e308 = Infinity 1.7976931348623157E+308; 1e309 = Infinity Infinity; 1e400 = Infinity Infinity; "
            + "4.9e-324 = 0 5E-324; 2e-324 = 0 0; 1e-400 = 0 0; 0.1 = 0.1 0.1; 0.2 = 0.2 0.2; 0.30000000000000004 = 0.3 "
            + "0.30000000000000004; 123456789012345678901234567890 = 1.2345679E+29 1.2345678901234568E+29; 9007199254740993 = "
            + "9.007199E+15 9007199254740992; 18446744073709551615 = 1.8446744E+19 1.8446744073709552E+19; 18446744073709551616 "
            + "= 1.8446744E+19 1.8446744073709552E+19; 0.000000000000000000000000000000000000000000000000001 = 0 1E-51; 1e22 = "
            + "1E+22 1E+22; 1e23 = 1E+23 1E+23; 8.5e22 = 8.5E+22 8.5E+22; 16777217 = 16777216 16777217; 33554433 = 33554432 "
            + "33554433; 1.1754942e-38 = 1.1754942E-38 1.1754942E-38; 2.2250738585072011e-308 = 0 2.2250738585072014E-308; 5 = "
            + "5 5; 5 x = NaN NaN; 1 2 = NaN NaN; --1 = NaN NaN; 1e99999999999999999999 = Infinity Infinity; "
            + "1e-99999999999999999999 = 0 0",
            string.Join("; ", rows));
    }

    [Fact]
    public void Numbers_OfManyDigits_ToTheLastBit()
    {
        var random = new PlainRandom(3);
        var tokens = Enumerable.Range(0, 3000).Select(_ =>
        {
            string digits = string.Concat(Enumerable.Range(0, 1 + random.Next(22)).Select(_ => random.Next(10)));
            int point = random.Next(digits.Length + 1);
            return digits[..point] + "." + digits[point..] + (random.Next(2) == 0 ? "" : $"e{random.Next(81) - 40}");
        }).ToArray();
        using var file = new TextFile(tokens);
        var data = _ml.Data.LoadFromTextFile(file.Path, [new("S", DataKind.Single, 0), new("D", DataKind.Double, 0)]);
        ulong hash = 0;
        foreach (double value in data.GetColumn<double>("D"))
            hash = hash * 31 + BitConverter.DoubleToUInt64Bits(value);
        foreach (float value in data.GetColumn<float>("S"))
            hash = hash * 31 + BitConverter.SingleToUInt32Bits(value);

        Assert.Equal("728944993768782742", hash.ToString());
    }

    [Fact]
    public void WhiteSpaceInAField_MakesLongerNumbersMissing()
    {
        using var file = new TextFile("\t5,\t?,\t5 ,\t15,\" 5\",\" 15\",15\t,  15  ");
        var data = _ml.Data.LoadFromTextFile(file.Path, [new("A", DataKind.Single, 0, 7), new("B", DataKind.Double, 0, 7)], ',', allowQuoting: true);

        Assert.Equal("[5 NaN NaN NaN 5 NaN 15 15] [5 NaN NaN NaN 5 NaN 15 15]", DataText.Rows(data));
    }

    [Fact]
    public void DecimalMarker_Comma()
    {
        using var file = new TextFile("1,5;,25;1.5;-3,0e1");
        var data = _ml.Data.LoadFromTextFile(file.Path, new TextLoader.Options
        {
            DecimalMarker = ',',
            Separators = [';'],
            Columns = [new("A", DataKind.Single, 0, 3), new("B", DataKind.Double, 0, 3)],
        });

        Assert.Equal("[1.5 0.25 NaN -30] [1.5 0.25 NaN -30]", DataText.Rows(data));
    }

    [Fact]
    public void Booleans()
    {
        string[] tokens =
        [
            "T", "t", "Y", "y", "1", "+", "F", "f", "N", "n", "0", "-", "no", "NO", "+1", "-1", "yes", "YeS", "true", "TRUE", "false", "False",
        ];
        using var file = new TextFile(tokens);
        var data = _ml.Data.LoadFromTextFile(file.Path, [new("B", DataKind.Boolean, 0)]);

        Assert.Equal(
            "T=True t=True Y=True y=True 1=True +=True F=False f=False N=False n=False 0=False -=False no=False NO=False "
            + "+1=True -1=False yes=True YeS=True true=True TRUE=True false=False False=False",
            string.Join(" ", data.GetColumn<bool>("B").Zip(tokens, (value, token) => $"{token}={value}")));
    }

    [Theory]
    [InlineData(DataKind.Boolean, "2")]
    [InlineData(DataKind.Boolean, "on")]
    [InlineData(DataKind.Boolean, "1.0")]
    [InlineData(DataKind.Boolean, "NaN")]
    [InlineData(DataKind.Int32, "2147483648")]
    [InlineData(DataKind.Int32, "-2147483649")]
    [InlineData(DataKind.Int32, "1.0")]
    [InlineData(DataKind.Int32, "+1")]
    [InlineData(DataKind.Int32, "-")]
    [InlineData(DataKind.Int64, "9223372036854775808")]
    [InlineData(DataKind.Int64, "-9223372036854775809")]
    [InlineData(DataKind.Int32, "?")]
    [InlineData(DataKind.SByte, "128")]
    [InlineData(DataKind.Int16, "32768")]
    [InlineData(DataKind.Byte, "256")]
    [InlineData(DataKind.UInt16, "65536")]
    [InlineData(DataKind.UInt32, "4294967296")]
    [InlineData(DataKind.UInt64, "18446744073709551616")]
    [InlineData(DataKind.UInt64, "-1")]
    [InlineData(DataKind.DateTime, "soon")]
    [InlineData(DataKind.TimeSpan, "long")]
    [InlineData(DataKind.DateTimeOffset, "then")]
    public void ValuesThatCannotBeRead_AreErrors(DataKind kind, string token)
    {
        using var file = new TextFile("//", token);
        var scalar = _ml.Data.LoadFromTextFile(file.Path, [new("Col", kind, 0)]);
        var vector = _ml.Data.LoadFromTextFile(file.Path, [new("Col", kind, 0, 1)]);

        Assert.Equal(
            $"FormatException: Parsing failed with an exception: Could not parse value {token} in line 2, column Col",
            DataText.Error(() => DataText.Rows(scalar)));
        Assert.Equal(
            $"FormatException: Parsing failed with an exception: Could not parse value {token} in slot 0 of column Col in line 2",
            DataText.Error(() => DataText.Rows(vector)));
    }

    [Fact]
    public void ErrorsKeepTheirType_WithoutThreads()
    {
        using var file = new TextFile("x");
        TextLoader.Options Options() => new() { Columns = [new("Col", DataKind.Int32, 0)] };
        var withoutThreads = Options();
        withoutThreads.UseThreads = false;
        var fewRows = Options();
        fewRows.MaxRows = 100;

        Assert.Equal(
            "InvalidOperationException: Could not parse value x in line 1, column Col",
            DataText.Error(() => DataText.Rows(_ml.Data.LoadFromTextFile(file.Path, withoutThreads))));
        Assert.Equal(
            "InvalidOperationException: Could not parse value x in line 1, column Col",
            DataText.Error(() => DataText.Rows(_ml.Data.LoadFromTextFile(file.Path, fewRows))));
    }

    [Fact]
    public void Keys_CountFromZeroInTheFile()
    {
        TextLoader.Range[] keys = [new(0)];
        string[] tokens = ["0", "1", "2", "3", "-1", "x", "?", "NA", "1.0", " 1", "99999999999999999999"];
        using var file = new TextFile(tokens);
        var data = _ml.Data.LoadFromTextFile(file.Path,
        [
            new("K3", DataKind.UInt32, [new TextLoader.Range(0)], new KeyCount(3)),
            new("KAll", DataKind.Byte, [new TextLoader.Range(0)], new KeyCount()),
            new("KVec", DataKind.UInt64, [new TextLoader.Range(0, 1)], new KeyCount(2)),
        ]);

        Assert.Equal("K3:Key<UInt32, 0-2>, KAll:Key<Byte, 0-254>, KVec:Vector<Key<UInt64, 0-1>, 2>", DataText.Schema(data));
        Assert.Equal(
            "1 1 [2| 0:1]; 2 2 [2| 0:2]; 3 3 [2| 0:0]; 0 4 [2| 0:0]; 0 0 [2| 0:0]; 0 0 [2| 0:0]; 0 0 [2| 0:0]; 0 0 [2| 0:0]; "
            + "0 0 [2| 0:0]; 2 2 [2| 0:2]; 0 0 [2| 0:0]",
            string.Join("; ", DataText.RowList(data)));
        Assert.Equal(
            "ArgumentOutOfRangeException: The cardinality of valid values of a KeyDataViewType column has to be strictly "
            + "positive. (Parameter 'count')",
            DataText.Error(() => new KeyCount(0)));
        Assert.Equal(
            "ArgumentOutOfRangeException: Bad item type for Key (Parameter 'Type')",
            DataText.Error(() => _ml.Data.LoadFromTextFile(file.Path, [new("K", DataKind.Int32, keys, new KeyCount(3))])));
    }

    [Fact]
    public void MissingFields_AreZero_OrNaNOnRequest()
    {
        using var file = new TextFile("1,,3,t", ",2", "?,NA,x", "4,5,6,7,8");
        TextLoader.Column[] columns =
        [
            new("S", DataKind.Single, 0), new("V", DataKind.Double, 0, 2), new("T", DataKind.String, 3), new("B", DataKind.Int32, 5),
        ];
        var zero = _ml.Data.LoadFromTextFile(file.Path, columns, ',');
        var options = new TextLoader.Options { Columns = columns, Separators = [','], MissingRealsAsNaNs = true };
        var nan = _ml.Data.LoadFromTextFile(file.Path, options);

        Assert.Equal(
            """
            1 [1 0 3] 't' 0
            0 [3| 1:2] '' 0
            NaN [NaN NaN NaN] '' 0
            4 [4 5 6] '7' 0
            """,
            DataText.Rows(zero));
        Assert.Equal(
            """
            1 [1 NaN 3] 't' 0
            NaN [NaN 2 NaN] '' 0
            NaN [NaN NaN NaN] '' 0
            4 [4 5 6] '7' 0
            """,
            DataText.Rows(nan));
    }

    [Fact]
    public void MissingReals_AsNaN_LeaveUnsignedFieldsInError()
    {
        using var file = new TextFile("1,,2");
        var data = _ml.Data.LoadFromTextFile(file.Path, new TextLoader.Options
        {
            Columns = [new("U", DataKind.UInt32, 1)],
            Separators = [','],
            MissingRealsAsNaNs = true,
        });

        Assert.Equal(
            "FormatException: Parsing failed with an exception: Could not parse value  in line 1, column U",
            DataText.Error(() => DataText.Rows(data)));
    }

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
