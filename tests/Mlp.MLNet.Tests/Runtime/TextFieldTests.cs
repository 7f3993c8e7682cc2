using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Runtime;

/// <summary>How ML.NET reads values from fields.</summary>
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
}
