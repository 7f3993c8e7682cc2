using System.Globalization;
using Mlp.Tables.Descriptions;

namespace Mlp.Tables.Inference;

/// <summary>Names of a table's columns, and how options refer to them.</summary>
internal sealed class ColumnNames
{
    private const int LongestName = 200;

    /// <summary>The most names that a misspelled name is compared with.</summary>
    private const int NamesCompared = 1000;

    private readonly string _path;
    private readonly OptionNames _options;
    private readonly bool _hasHeader;
    private readonly IReadOnlyList<string> _given;

    /// <param name="path">For messages.</param>
    /// <param name="given">The fields of the header, or as many empty texts as there are columns.</param>
    /// <param name="hasHeader">Whether there is a header.</param>
    /// <param name="options">How messages call the options.</param>
    public ColumnNames(string path, IReadOnlyList<string> given, bool hasHeader, OptionNames options)
    {
        _path = path;
        _options = options;
        _hasHeader = hasHeader;
        _given = given;
        var names = new List<string>(given.Count);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var copies = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < given.Count; i++)
        {
            string name = given[i].Length == 0 ? $"column{i + 1}" : given[i].Length > LongestName ? given[i][..LongestName] : given[i];
            string unique = name;
            while (!taken.Add(unique))
            {
                copies[name] = copies.GetValueOrDefault(name, 1) + 1;
                unique = $"{name} ({copies[name]})";
            }
            names.Add(unique);
        }
        Names = names;
    }

    /// <summary>Unique names, in the order of the file.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Names that the header has more than once.</summary>
    public IReadOnlyList<string> Duplicates =>
        [.. _given.Where(name => name.Length > 0).CountBy(name => name, StringComparer.Ordinal).Where(count => count.Value > 1)
            .Select(count => count.Key)];

    /// <summary>How a message refers to a column: its name, or its number where there is no header.</summary>
    public string Describe(int index) =>
        _hasHeader && index < Names.Count ? $"column '{TextExcerpt.Of(Names[index])}'" : $"column {index + 1}";

    /// <summary>Finds a column by name, by name in another case, or by number, the first being 1.</summary>
    /// <param name="column">What the user wrote.</param>
    /// <param name="option">The option it belongs to, for the message.</param>
    /// <exception cref="TableException">There is none, or more than one.</exception>
    public int Find(string column, string option)
    {
        column = column.Trim();
        var same = Enumerable.Range(0, Names.Count).Where(i => _given[i] == column || Names[i] == column).ToList();
        if (same.Count == 0)
            same = [.. Enumerable.Range(0, Names.Count).Where(i => Names[i].Equals(column, StringComparison.OrdinalIgnoreCase))];
        if (same.Count == 1)
            return same[0];
        if (same.Count > 1)
        {
            string numbers = TextExcerpt.List([.. same.Select(i => $"{i + 1}")]);
            throw new TableException(
                _path,
                $"{_path}: {option} '{TextExcerpt.Of(column)}' fits columns {numbers}. Give the number of the one you mean.",
                line: 1, column);
        }
        if (int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= Names.Count)
            return number - 1;
        throw Absent(column, option);
    }

    private TableException Absent(string column, string option)
    {
        string known = _hasHeader
            ? $"The columns are {TextExcerpt.List([.. Names], count: 20)}."
            : $"Its first row was taken for data, so the {Names.Count:N0} columns go by number, the first being 1; " +
                $"if that row is a header, add {_options.Header(hasHeader: true)}.";
        var near = Names.Take(NamesCompared).Where(name => IsNear(name, column)).Take(3).ToList();
        string hint = _hasHeader && near.Count > 0 ? $" Did you mean {string.Join(" or ", near.Select(TextExcerpt.Of))}?" : "";
        return new TableException(_path,
            $"{_path} has no column '{TextExcerpt.Of(column)}', which {option} names. {known}{hint}", line: 1, column);
    }

    /// <summary>Whether one name contains the other, or at most a third of the letters differ.</summary>
    private static bool IsNear(string name, string wanted)
    {
        name = name.ToLowerInvariant();
        wanted = wanted.ToLowerInvariant();
        if (wanted.Length == 0 || wanted.Length > LongestName)
            return false;
        return wanted.Length >= 3 && name.Contains(wanted) || name.Length >= 3 && wanted.Contains(name)
            || EditDistance.Between(name, wanted) <= Math.Max(name.Length, wanted.Length) / 3;
    }
}
