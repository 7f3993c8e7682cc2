using System.Text.Json.Nodes;
using Mlp.TestSupport;
using Mlp.Tool.Tests;

namespace Mlp.Tool.Tests.Serving;

/// <summary>Models that are served in tests, trained once.</summary>
public sealed class ServedModels : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ServedModels()
    {
        Flights = Train("flights", ExampleTables.Flights(), "late");
        OtherFlights = Train("flights", ExampleTables.Flights(), "late", "--seed", "2");
        Prices = Train("prices", ExampleTables.Prices(), "price", "--intervals", "0.9");
        Flowers = Train("flowers", ExampleTables.Flowers(), "kind");
    }

    /// <summary>Two classes from a number, a number with missing values, a category and a text.</summary>
    public string Flights { get; }

    /// <summary>The same columns, other networks.</summary>
    public string OtherFlights { get; }

    /// <summary>A number with intervals, from a number, a category and a date.</summary>
    public string Prices { get; }

    /// <summary>Three classes from a vector of numbers.</summary>
    public string Flowers { get; }

    public string PathOf(string name) => _folder.PathOf(name);

    /// <summary>The table that a model was trained on.</summary>
    public string TableOf(string name) => _folder.PathOf(name + ".csv");

    /// <summary>A row that <see cref="Flights"/> takes.</summary>
    public static JsonObject Flight(double distance = 2000) => new()
    {
        ["distance"] = distance,
        ["temperature"] = null,
        ["tail"] = "N3",
        ["remark"] = "snow fog crew gate 1",
    };

    public void Dispose() => _folder.Dispose();

    private string Train(string name, string table, string label, params string[] options)
    {
        string data = TableOf(name), zip = _folder.PathOf($"{name}{options.LastOrDefault()}.zip");
        File.WriteAllText(data, table);
        ToolRun.Json(["train", data, "--label", label, "--preset", "fast", "--epochs", "10", "--out", zip, .. options]);
        return zip;
    }
}
