using Microsoft.ML;

namespace Mlp.Benchmarks.Quality;

/// <summary>
/// The rows of a set in memory, from which views are made: columns Numbers, one per category column, and Label. Of a mixed set each number
/// and each text has a column of its own name instead.
/// </summary>
internal abstract class QualityRows
{
    /// <summary>The vector column with all numbers of a row.</summary>
    public const string Numbers = nameof(Numbers);

    /// <summary>The column that every trainer looks for.</summary>
    public const string Label = nameof(Label);

    /// <summary>The label of each row as the file writes it.</summary>
    public abstract IReadOnlyList<string> Labels { get; }

    /// <summary>The rows that are kept for the final judgement; none were read when only training rows were asked for.</summary>
    public abstract IReadOnlyList<bool> IsTest { get; }

    /// <summary>Reads a set.</summary>
    /// <param name="set">Its description.</param>
    /// <param name="folder">Where the files are.</param>
    /// <param name="withTest">False: the test rows are left out, so that nothing can be chosen by them.</param>
    public static QualityRows Read(QualitySet set, string folder, bool withTest) =>
        set.File.EndsWith('/')
            ? new ImageRows(Path.Combine(folder, set.File), withTest)
            : TableRows.ReadFile(set, Path.Combine(folder, set.File), withTest);

    /// <summary>Some of the rows as ML.NET sees them, held in memory before a clock runs.</summary>
    public abstract IDataView ToView(MLContext ml, IReadOnlyList<int> rows);

    /// <summary>Reads every row once, so that what a cache keeps is there.</summary>
    protected static IDataView Filled(IDataView view)
    {
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        // The cache keeps all columns of a row before it gives the row out.
        while (cursor.MoveNext())
        {
        }
        return view;
    }
}
