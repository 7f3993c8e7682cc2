namespace Mlp.Tool.Output;

/// <summary>Lines whose cells are aligned.</summary>
/// <param name="rightAligned">For each column whether its cells end at the same place, as numbers do.</param>
internal sealed class TextTable(params bool[] rightAligned)
{
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add([.. cells.Select(Terminal.Printable)]);

    /// <summary>The lines, two blanks before the first column and between columns, none at the end.</summary>
    public IEnumerable<string> Lines()
    {
        int[] widths = [.. rightAligned.Select((_, column) => _rows.Max(row => row[column].Length))];
        foreach (string[] row in _rows)
        {
            yield return ("  " + string.Join("  ", row.Select((cell, column) =>
                rightAligned[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])))).TrimEnd();
        }
    }
}
