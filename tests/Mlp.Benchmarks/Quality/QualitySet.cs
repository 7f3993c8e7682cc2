using System.Text.Json;

namespace Mlp.Benchmarks.Quality;

/// <summary>One public table with a fixed split, as datasets.json describes it.</summary>
/// <param name="Name">How peers.json and mlnet.json call it.</param>
/// <param name="File">Its file in the data folder; a name that ends in a slash is a folder of idx files.</param>
/// <param name="Task">What its label asks for.</param>
/// <param name="Numeric">The columns that hold numbers, in any place of the file.</param>
/// <param name="Categorical">The columns that hold text.</param>
/// <param name="TrainCount">Rows to fit on.</param>
/// <param name="TestCount">Rows to be judged on.</param>
/// <param name="MissingCells">Empty fields of the file, numbers and categories together.</param>
internal sealed record QualitySet(
    string Name, string File, QualityTask Task, string[] Numeric, string[] Categorical, int TrainCount, int TestCount, int MissingCells)
{
    /// <summary>What --sets calls all tables with quoted peers.</summary>
    public const string Tables = "tables";

    // The peers' protocol (PEERS.md) treats these two as images and all others, digits and letter among them, as tables.
    private static readonly string[] Images = ["mnist", "fashion_mnist_2k"];

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Whether the numbers are pixels of one scale, which a user brings to 0 … 1.</summary>
    public bool IsImages => Images.Contains(Name);

    /// <summary>Whether the columns come as people have them: each under its own name, missing numbers as they are. The other tables come
    /// as they came to the peers that are quoted beside them.</summary>
    public bool IsMixed { get; init; }

    /// <summary>The columns of free text.</summary>
    public string[] Texts { get; init; } = [];

    /// <summary>What becomes of missing numbers where the trainer takes them.</summary>
    public MissingNumbers Missing => IsMixed ? MissingNumbers.Learn : MissingNumbers.Replace;

    public int RowCount => TrainCount + TestCount;

    /// <summary>What the mean rank of all sets is about: higher accuracy, or lower root mean square error.</summary>
    public string MainMetric => Task == QualityTask.Regression ? "rmse" : "accuracy";

    /// <summary>What recipes are compared by; lower is better.</summary>
    public string LossMetric => Task == QualityTask.Regression ? "rmse" : "log_loss";

    /// <summary>The sets of a data folder, in its order: those of its datasets.json, and those of <see cref="MixedSets"/>.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="only">Names of sets, <see cref="MixedSets.Group"/> for all of those, <see cref="Tables"/> for all others. None: all
    /// others, which are the ones with quoted peers.</param>
    /// <exception cref="FileNotFoundException">The folder has no datasets.json.</exception>
    /// <exception cref="ArgumentException">A name of <paramref name="only"/> is no set.</exception>
    public static IReadOnlyList<QualitySet> ReadAll(string folder, IReadOnlyCollection<string> only)
    {
        string path = Path.Combine(folder, "datasets.json");
        if (!System.IO.File.Exists(path))
            throw new FileNotFoundException(
                $"There is no {path}. Pass --data with the folder that holds the tables and their datasets.json.", path);
        IReadOnlyList<QualitySet> all = [.. Parse(System.IO.File.ReadAllText(path)), .. MixedSets.ReadAll(folder)];
        string[] unknown = [.. only.Where(name => name is not (Tables or MixedSets.Group) && all.All(set => set.Name != name))];
        if (unknown.Length > 0)
            throw new ArgumentException(
                $"--sets names {string.Join(", ", unknown)}; the folder has {string.Join(", ", all.Select(set => set.Name))}.");
        return [.. all.Where(set => only.Contains(set.Name) || (only.Count == 0 ? !set.IsMixed : only.Contains(set.Group)))];
    }

    /// <summary>The sets that the text of a datasets.json describes.</summary>
    public static IReadOnlyList<QualitySet> Parse(string json) =>
    [
        .. JsonSerializer.Deserialize<Entry[]>(json, Json)!.Select(entry => new QualitySet(
            entry.Name, entry.File, Enum.Parse<QualityTask>(entry.Task, ignoreCase: true),
            entry.Numeric, entry.Categorical, entry.Train, entry.Test, entry.MissingCells)),
    ];

    private string Group => IsMixed ? MixedSets.Group : Tables;

    private sealed record Entry(
        string Name, string File, string Task, int Train, int Test, string[] Numeric, string[] Categorical, int MissingCells);
}
