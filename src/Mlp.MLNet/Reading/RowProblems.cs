namespace Mlp.MLNet.Reading;

/// <summary>Counts rows that cannot be learnt from, and makes one message of them.</summary>
internal sealed class RowProblems
{
    private readonly OrderedDictionary<string, Problem> _problems = [];

    public bool Any => _problems.Count > 0;

    /// <summary>"all 1,200 rows", or "the only row"; "all 1,200 rows that weigh more than 0" where there are others.</summary>
    public static string EveryOf(long rowCount, bool leavesOut = false) =>
        (rowCount == 1 ? "the only row" : $"all {rowCount:N0} rows")
        + (!leavesOut ? "" : rowCount == 1 ? " that weighs more than 0" : " that weigh more than 0");

    /// <summary>Whether a row of that kind was noted; only the first one's value is shown.</summary>
    public bool Has(string what) => _problems.ContainsKey(what);

    /// <summary>Notes one row.</summary>
    /// <param name="what">Subject and predicate: "Label column 'Price' is NaN".</param>
    /// <param name="row">Counted from 1.</param>
    /// <param name="value">What the first such row has, in words; null when <paramref name="what"/> says it.</param>
    /// <param name="advice">What to do about it, a sentence.</param>
    public void Add(string what, long row, string? value, string advice)
    {
        if (_problems.TryGetValue(what, out Problem? problem))
            problem.RowCount++;
        else
            _problems.Add(what, new Problem(row, value, advice));
    }

    /// <param name="rowCount">Of the rows that weigh something.</param>
    /// <param name="purpose">What the rows are for.</param>
    /// <param name="leavesOut">Whether there are rows of weight 0 beside them.</param>
    public InvalidOperationException ToException(long rowCount, string purpose, bool leavesOut = false)
    {
        string leftOut = !leavesOut ? "" : " that weigh more than 0";
        IEnumerable<string> sentences = _problems.Select(
            problem =>
                $"{problem.Key} in {problem.Value.RowCount:N0} of {rowCount:N0} rows{leftOut}, first in row "
                    + $"{problem.Value.FirstRow:N0}{problem.Value.Details}. {problem.Value.Advice}");
        return new((purpose == "training" ? "" : $"In the {purpose} data: ") + string.Join(' ', sentences));
    }

    private sealed class Problem(long firstRow, string? value, string advice)
    {
        public long RowCount { get; set; } = 1;

        public long FirstRow => firstRow;

        public string Details => value is null ? "" : $" ({value})";

        public string Advice => advice;
    }
}
