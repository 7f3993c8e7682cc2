using System.Runtime.InteropServices;

namespace Mlp.Tables.Inference;

/// <summary>Finds out, row by row, whether the values of a column determine the label, however many values go with one label.</summary>
/// <param name="limit">Values that are told apart; a column with more is given up.</param>
internal sealed class CategoryRelation(int limit)
{
    /// <summary>With fewer rows a value, too many of them have but one label by chance.</summary>
    private const int RowsPerValue = 5;

    /// <summary>More values are given up where they are more than half of the rows so far: numbers and identifiers.</summary>
    private const int FewValues = 256;

    private Dictionary<ulong, Value>? _values = [];
    private bool _isFunctionToClass = true;
    private long _count, _labelCount;

    /// <summary>Whether each value goes with one class, in rows enough to say so; 0 for no, else the number of values.</summary>
    public int CountOfValuesWithOneClass
    {
        get
        {
            if (!HasRowsEnough(_count) || !_isFunctionToClass)
                return 0;
            var rows = new Dictionary<int, (long All, long Repeated)>();
            foreach (Value value in _values!.Values)
            {
                (long all, long repeated) = rows.GetValueOrDefault(value.Class);
                rows[value.Class] = (all + value.Count, repeated + (value.Count > 1 ? value.Count : 0));
            }
            // A value of one row has but one class: of a rare class, such values prove nothing.
            var others = rows.Values.OrderByDescending(pair => pair.All).Skip(1).ToList();
            return others.Count > 0 && others.Sum(pair => 2 * pair.Repeated - pair.All) >= 0 ? _values.Count : 0;
        }
    }

    /// <summary>The part of the label's variance that the values explain, each by its mean, in (−∞, 1]; 0 where the rows are too few or
    /// the label is no number. Values of fewer than five rows are left out: one row of totals has nearly all of the variance.</summary>
    public double ExplainedVariance
    {
        get
        {
            if (!HasRowsEnough(_labelCount))
                return 0;
            Spread[] values = [.. _values!.Values.Select(value => value.Labels).Where(labels => labels.Count >= RowsPerValue)];
            long count = values.Sum(value => value.Count);
            double mean = values.Sum(value => value.Count * value.Mean) / count, within = values.Sum(value => value.Squares);
            double all = within + values.Sum(value => value.Count * (value.Mean - mean) * (value.Mean - mean));
            return values.Length < 2 || all == 0 ? 0 : 1 - within / (count - values.Length) * ((count - 1) / all);
        }
    }

    /// <summary>Adds a row.</summary>
    /// <param name="classIndex">The label's value, or -1 when it is missing.</param>
    /// <param name="label">The label's number, or NaN.</param>
    /// <param name="hash">The column's value.</param>
    public void Add(int classIndex, double label, ulong hash)
    {
        bool hasNumber = double.IsFinite(label);
        if (_values is null || (classIndex < 0 && !hasNumber))
            return;
        _count++;
        ref Value value = ref CollectionsMarshal.GetValueRefOrAddDefault(_values, hash, out bool isKnown);
        if (!isKnown)
            value.Class = classIndex;
        value.Count++;
        _isFunctionToClass &= classIndex >= 0 && value.Class == classIndex;
        if (hasNumber)
        {
            value.Labels.Add(label);
            _labelCount++;
        }
        bool isHopeless = !_isFunctionToClass && !hasNumber;
        if (isHopeless || _values.Count > limit || (_values.Count > FewValues && 2L * _values.Count > _count))
            _values = null;
    }

    private bool HasRowsEnough(long count) => _values is { Count: > 1 } && count >= RowsPerValue * (long)_values.Count;

    /// <summary>Count, mean and squares about it, by Welford's recurrence.</summary>
    private struct Spread
    {
        public long Count { get; private set; }

        public double Mean { get; private set; }

        public double Squares { get; private set; }

        public void Add(double number)
        {
            double difference = number - Mean;
            Mean += difference / ++Count;
            Squares += difference * (number - Mean);
        }
    }

    private struct Value
    {
        public int Class;
        public long Count;
        public Spread Labels;
    }
}
