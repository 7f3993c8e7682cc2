using System.Text.Json.Nodes;
using Mlp.TestSupport;
using Mlp.Tool.Tests.Serving;

[assembly: AssemblyFixture(typeof(ServedModels))]

namespace Mlp.Tool.Tests.Serving;

/// <summary>Models that are served in tests, trained once, by the first test that asks for one.</summary>
public sealed class ServedModels : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<string> _flights, _otherFlights, _prices, _otherPrices, _flowers;

    public ServedModels()
    {
        _flights = new(() => Train("flights", ExampleTables.Flights(), "late"));
        _otherFlights = new(() => Train("flights", ExampleTables.Flights(), "late", "--seed", "2"));
        _prices = new(() => Train("prices", ExampleTables.Prices(), "price", "--intervals", "0.9"));
        _otherPrices = new(() => Train("prices", ExampleTables.Prices(), "price", "--seed", "2"));
        _flowers = new(() => Train("flowers", ExampleTables.Flowers(), "kind"));
    }

    /// <summary>Two classes from a number, a number with missing values, a category and a text.</summary>
    public string Flights => _flights.Value;

    /// <summary>The same columns, other networks.</summary>
    public string OtherFlights => _otherFlights.Value;

    /// <summary>A number with intervals, from a number, a category and a date.</summary>
    public string Prices => _prices.Value;

    /// <summary>The same columns, other networks, and no intervals.</summary>
    public string OtherPrices => _otherPrices.Value;

    /// <summary>Three classes from a vector of numbers.</summary>
    public string Flowers => _flowers.Value;

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
        // Another test may be reading it.
        lock (_folder)
        {
            if (!File.Exists(data))
                File.WriteAllText(data, table);
        }
        ToolRun.Json(["train", data, "--label", label, "--preset", "fast", "--epochs", "10", "--out", zip, .. options]);
        return zip;
    }
}
