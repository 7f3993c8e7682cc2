namespace Mlp.Tables.Inference;

/// <summary>Finds out, row by row, whether a column determines the label.</summary>
internal sealed class LabelRelation
{
    /// <summary>No value has been seen yet.</summary>
    private const ulong Unknown = 0;

    private ulong[] _hashOfClass = [];
    private bool _isFunctionOfClass = true;
    private long _count;
    private double _columnOrigin, _labelOrigin, _columnSum, _labelSum, _columnSquares, _labelSquares, _products;

    /// <summary>Whether every class has one value of its own in this column.</summary>
    public bool IsOneToOne
    {
        get
        {
            var hashes = _hashOfClass.Where(hash => hash != Unknown).ToList();
            return _isFunctionOfClass && hashes.Count > 1 && hashes.Distinct().Count() == hashes.Count;
        }
    }

    /// <summary>Pearson's correlation with a label of numbers, over the rows that have both; 0 when either is constant.</summary>
    public double Correlation
    {
        get
        {
            if (_count < 3)
                return 0;
            double columnVariance = _columnSquares - _columnSum * _columnSum / _count;
            double labelVariance = _labelSquares - _labelSum * _labelSum / _count;
            double scale = Math.Sqrt(columnVariance) * Math.Sqrt(labelVariance);
            double correlation = (_products - _columnSum * _labelSum / _count) / scale;
            return double.IsFinite(correlation) ? correlation : 0;
        }
    }

    /// <summary>Adds a row.</summary>
    /// <param name="classIndex">The label's value, or -1 when it is missing.</param>
    /// <param name="label">The label's number, or NaN.</param>
    /// <param name="hash">The column's value.</param>
    /// <param name="number">The column's number, or NaN.</param>
    public void Add(int classIndex, double label, ulong hash, double number)
    {
        if (classIndex >= 0 && _isFunctionOfClass)
            AddClass(classIndex, hash == Unknown ? 1 : hash);
        double product = label * number;
        if (double.IsFinite(product))
            AddPair(label, number);
    }

    /// <summary>Ends the search for a value per class: the label has too many values.</summary>
    public void DropClasses()
    {
        _isFunctionOfClass = false;
        _hashOfClass = [];
    }

    private void AddClass(int classIndex, ulong hash)
    {
        if (classIndex >= _hashOfClass.Length)
            Array.Resize(ref _hashOfClass, Math.Max(4, 2 * classIndex));
        if (_hashOfClass[classIndex] == Unknown)
            _hashOfClass[classIndex] = hash;
        else if (_hashOfClass[classIndex] != hash)
            DropClasses();
    }

    private void AddPair(double label, double number)
    {
        if (_count++ == 0)
        {
            // Sums of squares relative to the first value lose fewer digits than sums relative to zero.
            _columnOrigin = number;
            _labelOrigin = label;
        }
        number -= _columnOrigin;
        label -= _labelOrigin;
        _columnSum += number;
        _labelSum += label;
        _columnSquares += number * number;
        _labelSquares += label * label;
        _products += number * label;
    }
}
