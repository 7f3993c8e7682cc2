using Mlp.Tables.Descriptions;
using Mlp.Tables.Reading;

namespace Mlp.Tables.Inference;

/// <summary>Infers the content of a file from the counts of a scan.</summary>
internal sealed class TableDescriber
{
    private readonly string _path;
    private readonly TableOptions _options;
    private readonly TableScan _scan;
    private readonly NumberFinder _numbers;
    private readonly KindFinder _kinds;

    private TableDescriber(string path, TableOptions options, TableScan scan)
    {
        _path = path;
        _options = options;
        _scan = scan;
        _numbers = new NumberFinder(scan.Dialect.Separator);
        for (int i = 0; i < scan.Columns.Length; i++)
        {
            if (scan.Columns[i].Numbers.FirstComposite != null)
                scan.Columns[i].Numbers.IsNamedMinutes = ColumnRole.IsMinutes(scan.Names.Names[i]);
        }
        _numbers.LearnMark(scan.Columns);
        _kinds = new KindFinder(path, _numbers, scan.RowCount, options);
    }

    /// <summary>Describes a file.</summary>
    /// <exception cref="TableException">It cannot be what the options say, or has nothing to learn from.</exception>
    public static TableDescription Describe(string path, TableOptions options, TableScan scan) =>
        new TableDescriber(path, options, scan).Describe();

    private TableDescription Describe()
    {
        var columns = DescribeColumns();
        var label = _scan.Label == null ? null : DescribeLabel(columns, _scan.Label);
        SplitDescription? split = null, candidate = null;
        if (_scan.Split != null && _options.SplitColumn != null)
            split = DescribeSplit(columns, _scan.Split);
        else if (_scan.Split != null && columns[_scan.SplitIndex].Kind == ColumnKind.Ignored && !IsGiven(_scan.SplitIndex))
            candidate = DescribeSplit(columns, _scan.Split);
        if (label != null)
            CheckUse(columns, label);

        bool usesComma = columns.Any(column => column.Kind is ColumnKind.Number or ColumnKind.Label && column.DecimalMark == ',');
        var table = new TableDescription
        {
            Path = _path,
            Origin = _scan.Origin,
            Separator = _scan.Dialect.Separator,
            HasHeader = _scan.Dialect.HasHeader,
            DecimalMark = usesComma ? ',' : '.',
            Encoding = _scan.Encoding,
            SkippedLineCount = _scan.Dialect.SkippedLineCount,
            IsCompressed = _scan.IsCompressed,
            RowCount = _scan.RowCount,
            Columns = columns,
            Label = label,
            Split = split,
            SplitCandidate = candidate,
            Warnings = [],
        };
        return table with { Warnings = [.. TableWarnings.Find(table, _scan, _numbers, _options.Names)] };
    }

    private SplitDescription DescribeSplit(List<ColumnDescription> columns, LabelScan values) =>
        SplitFinder.Describe(columns[_scan.SplitIndex], _scan.Columns[_scan.SplitIndex], values, _path, _options.Names);

    private List<ColumnDescription> DescribeColumns()
    {
        var given = new Dictionary<int, ColumnKind>();
        OptionNames names = _options.Names;
        var dates = _options.DateForms.ToDictionary(form => _scan.Names.Find(form.Key, names.Date), form => form.Value);
        string number = names.OfKind(ColumnKind.Number);
        var numbers = _options.NumberForms.ToDictionary(form => _scan.Names.Find(form.Key, number), form => form.Value);
        foreach (var (column, kind) in _options.Kinds)
        {
            string option = names.OfKind(kind);
            int index = _scan.Names.Find(column, option);
            if (given.TryGetValue(index, out var other) && other != kind)
                throw NamedTwice(index, names.OfKind(other), option);
            if (index == _scan.LabelIndex || index == _scan.SplitIndex && _options.SplitColumn != null)
                throw NamedTwice(index, index == _scan.LabelIndex ? names.Label : names.SplitColumn, option);
            given[index] = kind;
        }
        if (_scan.LabelIndex >= 0 && _scan.LabelIndex == _scan.SplitIndex && _options.SplitColumn != null)
            throw NamedTwice(_scan.LabelIndex, names.Label, names.SplitColumn);
        var columns = new List<ColumnDescription>(_scan.Columns.Length);
        for (int i = 0; i < _scan.Columns.Length; i++)
        {
            ColumnKind? kind = given.TryGetValue(i, out var givenKind) ? givenKind : null;
            DateForm? date = dates.TryGetValue(i, out var givenDate) ? givenDate : null;
            columns.Add(DescribeColumn(i, kind, numbers.GetValueOrDefault(i), date));
        }
        return columns;
    }

    private ColumnDescription DescribeColumn(int index, ColumnKind? given, NumberForm? number, DateForm? date)
    {
        var scan = _scan.Columns[index];
        string name = _scan.Names.Names[index];
        OptionNames names = _options.Names;
        KindFinding found = index == _scan.LabelIndex ? new(ColumnKind.Label, $"{names.Label} names it.")
            : index == _scan.SplitIndex && _options.SplitColumn != null ? new(ColumnKind.Split, $"{names.SplitColumn} names it.")
            : given is { } own ? new(own, _kinds.Accept(scan, own, number, date, _scan.Names.Describe(index)))
            : _scan.Split != null && index == _scan.SplitIndex && SplitFinder.IsSplit(scan, _scan.Split)
                ? new(ColumnKind.Ignored, $"Its values are train and test; {names.SplitColumn} {name} uses it so.")
            : _kinds.Find(scan, name, _scan.Origin?.Columns[index].Type ?? ColumnType.Unknown);
        bool isGiven = given != null || found.Kind is ColumnKind.Label or ColumnKind.Split;
        return Describe(index, scan, name, found, isGiven, number, date);
    }

    private ColumnDescription Describe(
        int index, ColumnScan scan, string name, KindFinding of, bool isGiven, NumberForm? number, DateForm? date)
    {
        ColumnKind kind = of.Kind;
        bool hasNumbers = kind == ColumnKind.Number || kind == ColumnKind.Label && NumberFinder.HasOnlyNumbers(scan);
        NumberFinding found = hasNumbers ? _numbers.Find(scan, number) : NumberFinding.None;
        bool tokensAreMissing = hasNumbers || kind == ColumnKind.Date;
        var missing = scan.Tokens
            .Where(token => tokensAreMissing || kind == ColumnKind.Label && token.Kind == MissingToken.Unmistakable).ToList();
        // A user who says that a column is a category has it as it is written.
        bool joins = kind == ColumnKind.Category && !isGiven || kind == ColumnKind.Label && !hasNumbers;
        var dateForm = kind != ColumnKind.Date ? DateForm.None
            : KindFinder.FormOf(scan) is not DateForm.None and DateForm form ? form : date ?? scan.Dates.MostFrequent;
        // A text among numbers or dates also counts as missing if the user said that the column has them.
        long texts = hasNumbers ? scan.NumberCount + scan.TextCount - found.Count
            : kind == ColumnKind.Date && !KindFinder.IsDate(scan) ? scan.NumberCount + scan.TextCount - scan.Dates.CountOf(dateForm) : 0;
        return new ColumnDescription
        {
            Index = index,
            Name = name,
            Kind = kind,
            Reason = of.Reason,
            IsPlain = of.IsPlain,
            IsKindGiven = isGiven,
            MissingCount = scan.EmptyCount + missing.Sum(token => token.Count) + texts + found.TooLargeCount,
            MissingTokens = [.. missing.Select(token => token.Text)],
            DistinctCount = scan.DistinctCount
                - (scan.DistinctCountIsCapped ? 0 : missing.Count + (joins ? scan.Spellings.JoinedCount : 0)),
            DistinctCountIsCapped = scan.DistinctCountIsCapped,
            Examples = scan.Examples,
            ContentHash = scan.ContentHash,
            Minimum = found.Count > 0 ? found.Minimum : null,
            Maximum = found.Count > 0 ? found.Maximum : null,
            IsInteger = found.Count > 0 && found.IntegerCount == found.Count,
            TextForm = joins ? scan.Spellings.Form : TextForm.AsWritten,
            NumberForm = hasNumbers ? found.Form : new NumberForm(),
            DateForm = dateForm,
            DateParts = kind == ColumnKind.Date ? scan.Dates.PartsOf(dateForm) : [],
        };
    }

    private LabelDescription DescribeLabel(List<ColumnDescription> columns, LabelScan label)
    {
        var scan = _scan.Columns[_scan.LabelIndex];
        var finder = new TaskFinder(_path, _scan.Names.Describe(_scan.LabelIndex), _numbers, _kinds, _options.Names);
        var (task, reason, classes) = finder.Find(scan, label, _options.Task);
        bool hasNumbers = NumberFinder.HasOnlyNumbers(scan);
        var column = columns[_scan.LabelIndex];
        var (positive, positiveReason) = finder.FindPositive(task, classes, column.TextForm, _options.PositiveClass);
        return new LabelDescription
        {
            Column = column,
            Task = task,
            TaskReason = reason,
            Classes = classes,
            PositiveClass = positive,
            PositiveReason = positiveReason,
            HasNumbers = hasNumbers,
            MissingCount = hasNumbers ? label.MissingNumberCount : label.MissingCount,
            MissingLines = hasNumbers ? label.MissingNumberLines : label.MissingLines,
        };
    }

    private void CheckUse(List<ColumnDescription> columns, LabelDescription label)
    {
        if (!columns.Any(column => column.IsFeature))
        {
            OptionNames names = _options.Names;
            string separator = SeparatorNames.Describe(_scan.Dialect.Separator);
            string others = TextExcerpt.List([.. columns.Where(column => column != label.Column)
                .Select(column => $"{column.Name} ({column.Kind.ToString().ToLowerInvariant()})")]);
            throw new TableException(_path, columns.Count == 1
                ? $"{_path}: the label is the only column between separators that are {separator}. Give another {names.Separator}."
                : $"{_path}: no column is left to predict from; left out are {others}. " +
                    $"Give kinds with {names.OfKind(ColumnKind.Number)} and {names.OfKind(ColumnKind.Category)}.");
        }
        long rows = _scan.RowCount - label.MissingCount;
        if (rows < TableLimits.TrainingRows)
        {
            throw new TableException(
                _path,
                $"{_path} has {rows:N0} rows with a label; training and testing need {TableLimits.TrainingRows} at least. Add rows.");
        }
    }

    private bool IsGiven(int index) => _options.Kinds.Any(
        given => _scan.Names.Find(given.Key, _options.Names.OfKind(given.Value)) == index);

    private TableException NamedTwice(int index, string option, string other) =>
        Fail(index, $"both {option} and {other} name it. Take it out of one of them");

    private TableException Fail(int index, string what)
    {
        string place = _scan.Names.Describe(index);
        return new TableException(_path, $"{_path}, {place}: {what}.", column: place);
    }
}
