using System.Text;
using Mlp.TestSupport.Fuzzing;

namespace Mlp.Tables.Tests;

/// <summary>Whatever a file holds: it is described, and loads as described, or a <see cref="TableException"/> says what is wrong.</summary>
public sealed class FuzzTests : IDisposable
{
    private static readonly string[] Seeds =
    [
        "a,b,c,y\n1,x,2020-01-31,0\n2.5,\"y, z\",2021-02-28,1\n-3,x,2022-03-01,0\n4,NA,2020-01-31,1\n5,x,,0\n6,x,2020-01-31,1\n" +
            "7,x,2020-01-31,0\n8,y,2020-01-31,1\n9,x,2020-01-31,0\n10,x,2020-01-31,1\n11,y,2020-01-31,1\n",
        "größe;art;y\r\n1,5;é;a\r\n2,25;\"ü\r\nö\";b\r\n;é;a\r\n1.000,5;é;b\r\n",
        "# comment\n#a\tb\ty\n1\t\"2\"\"3\"\tx\n//4\t5\tz\n  6 \t 7\tx\n",
        "split|y|id\ntrain|1|1\ntest|2|2\ntrain|3|3\ntest|1e40|4\n",
    ];

    private readonly TableFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Trait("Speed", "Slow")]
    [Fact]
    public void Inspect_DamagedTables_AreDescribedOrRefused()
    {
        var random = new Random(5);
        byte[][] seeds = [.. Seeds.Select(Encoding.UTF8.GetBytes), Encoding.Unicode.GetBytes("\uFEFF" + Seeds[0]),
            Encoding.Latin1.GetBytes(Seeds[1]), TableFolder.Gzip(Encoding.UTF8.GetBytes(Seeds[0])),
            TableFolder.Zstd(Encoding.UTF8.GetBytes(Seeds[0]))];
        int described = 0;
        for (int i = 0; i < 2000; i++)
        {
            byte[] damaged = i < seeds.Length ? seeds[i]
                : ByteDamage.Some(seeds[random.Next(seeds.Length)], seeds[random.Next(seeds.Length)], random);
            described += IsDescribed(damaged, i % 3 == 0 ? "y" : null, loads: i % 20 == 0) ? 1 : 0;
        }
        Assert.InRange(described, 300, 1900);
    }

    [Trait("Speed", "Slow")]
    [Fact]
    public void Inspect_RandomCharacters_AreDescribedOrRefused()
    {
        var random = new Random(6);
        string[] parts = [",", ";", "\n", "\n", "\r\n", "\"", "\"\"", " ", "\t", "1", "2.5", "-", "a", "b", "NA", "#", "//", "é",
            "2020-01-31", "1,234,567", "\0", "\uFEFF", "y"];
        int described = 0;
        for (int i = 0; i < 2000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => parts[random.Next(parts.Length)]));
            described += IsDescribed(Encoding.UTF8.GetBytes(text), i % 5 == 0 ? "2" : null, loads: i % 20 == 0) ? 1 : 0;
        }
        // Most are ragged.
        Assert.InRange(described, 40, 1900);
    }

    [Fact]
    public void Inspect_RandomTables_LoadAsDescribed()
    {
        var random = new Random(8);
        string[][] values =
        [
            ["1", "2.5", "-3e2", "", "NA"], ["red", "green", "\"blue, dark\"", "?", "\"a \"\"b\"\"\""], ["2020-01-31", "1999-12-31", ""],
            ["\"line\nbreak\"", "x", "y "], ["\" 7\"", "8", "9 "], ["Infinity", "1", "2"], ["//x", "#y", "z"],
        ];
        for (int i = 0; i < 150; i++)
        {
            string[][] columns = [.. Enumerable.Range(0, 1 + random.Next(5)).Select(_ => values[random.Next(values.Length)])];
            char separator = ",\t|"[random.Next(3)];
            string lineEnd = random.Next(2) == 0 ? "\n" : "\r\n";
            string header = string.Join(separator, Enumerable.Range(0, columns.Length).Select(c => $"c{c}"));
            string rows = string.Concat(Enumerable.Range(0, 12)
                .Select(_ => string.Join(separator, columns.Select(column => column[random.Next(column.Length)])) + lineEnd));

            var table = _folder.Inspect(header + lineEnd + rows, new TableOptions { HasHeader = true, Separator = separator });
            if (table.Columns.Any(column => column.IsFeature))
                LoadedTable.AssertAsDescribed(table);
        }
    }

    private bool IsDescribed(byte[] bytes, string? label, bool loads)
    {
        try
        {
            var table = _folder.Inspect(bytes, new TableOptions { Label = label });
            Assert.True(table.RowCount > 0 && table.Columns.Count > 0);
            if (loads && table.Columns.Any(column => column.IsFeature))
                LoadedTable.AssertAsDescribed(table);
            return true;
        }
        catch (TableException exception)
        {
            Assert.True(exception.Line is null or > 0);
            Assert.InRange(exception.Message.Length, 20, 2000);
            return false;
        }
    }
}
