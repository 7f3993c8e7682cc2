using Mlp.State;

namespace Mlp.Data;

/// <summary>Finds pairs of columns of few values that say more together than each by itself: month and day, hour and airport.</summary>
/// <remarks>
/// <para>
/// A tree cuts such a pair into cells in a few steps. A network has to build each cell from sums, and does so only where cells differ
/// smoothly. As one category, the pair is easy for it.
/// </para>
/// <para>
/// What an additive model of all columns leaves of the targets is predicted by the means of a pair's cells, those of one half of the rows
/// for the other half. A pair counts where that takes away a part of the squares that chance does not. Source of the search among pairs by
/// residuals: Lou et al. 2013, "Accurate intelligible models with pairwise interactions"; cells, halves and limits are this project's. All
/// rows count alike, whatever they weigh.
/// </para>
/// </remarks>
internal sealed class CrossSearch
{
    // Values of a column at most, of a pair at most and at least, and the rows that a pair's value has at least in the mean.
    private const int MostValues = 64, MostCells = 1024, LeastCells = 32, LeastRowsOfCell = 10;

    // Where more columns than this have few values, a table is one of counts or of pixels, and no pair of them is special.
    private const int MostColumns = 15;

    private const int MostRows = 20_000, MostOutputs = 64, AdditiveBins = 32, AdditiveRounds = 4;

    // Additions that a search may take, some tenths of a second, and values that it may keep. Of large tables it looks at fewer rows.
    private const double MostWork = 4e8, MostKept = 1e7;

    // Rows' worth of 0 that the mean of a value, and that of a cell, is drawn to.
    private const double AdditiveShrinkage = 10, CellShrinkage = 20;

    // What a pair takes away: a part of the squares, and in standard errors.
    private const double LeastGain = 0.005, LeastErrors = 4;

    private readonly int[] _rows;
    private readonly int _outputCount;
    // [rows x outputs].
    private readonly double[] _residuals;
    private readonly Action? _checkCancellation;

    private CrossSearch(int[] rows, double[] residuals, Action? checkCancellation)
    {
        (_rows, _residuals, _outputCount, _checkCancellation) = (rows, residuals, residuals.Length / rows.Length, checkCancellation);
    }

    /// <param name="features">Not scaled.</param>
    /// <param name="targets">As many rows: numbers, or one class by its index.</param>
    /// <param name="classCount">Classes; 0 for numbers.</param>
    /// <param name="most">Pairs at most.</param>
    /// <param name="seed">Draws rows, where there are many, and halves.</param>
    /// <param name="checkCancellation">Called before every column; what it throws ends the work. Null for nothing.</param>
    /// <returns>The one that takes away most first.</returns>
    public static CrossedCategory[] Find(
        FeatureTable<float> features, RowBlocks<float> targets, int classCount, int most, int seed, Action? checkCancellation = null)
    {
        int outputCount = classCount > 2 ? classCount : targets.RowLength;
        if (most < 1 || outputCount > MostOutputs)
            return [];
        int[] rows = [.. Enumerable.Range(0, features.RowCount)];
        new RandomSource(seed).Shuffle(rows);
        rows = rows[..Math.Min(rows.Length, MostRows)];
        List<Column> columns = FindColumns(features, rows, checkCancellation);
        if (columns.Count is < 2 or > MostColumns)
            return [];
        int pairs = columns.Count * (columns.Count - 1) / 2, all = features.Layout.CategoryCount + features.Inputs.NumberCount;
        double workOfRow = (pairs + 2.0 * AdditiveRounds * all) * outputCount;
        rows = rows[..(int)Math.Min(rows.Length, Math.Min(MostWork / workOfRow, MostKept / all))];
        if (rows.Length < LeastCells * LeastRowsOfCell)
            return [];
        var search = new CrossSearch(rows, Standardize(targets, rows, classCount), checkCancellation);
        search.FitAdditive(features);
        return search.Choose(columns, most);
    }

    private CrossedCategory[] Choose(List<Column> columns, int most)
    {
        var found = new List<(CrossedCategory Cross, double Gain)>();
        double squares = 0;
        foreach (double residual in _residuals)
            squares += residual * residual;
        for (int first = 0; first < columns.Count && squares > 0; first++)
        {
            _checkCancellation?.Invoke();
            for (int second = first + 1; second < columns.Count; second++)
            {
                (double gain, double error) = GainOf(columns[first], columns[second]);
                if (gain > LeastGain * squares && gain > LeastErrors * error)
                    found.Add((new CrossedCategory(columns[first].Source, columns[second].Source), gain));
            }
        }
        return [.. found.OrderByDescending(each => each.Gain).Take(most).Select(each => each.Cross)];
    }

    /// <summary>What the means of a pair's cells take away of the squares of the other half's rows, and its standard error; 0 for a pair
    /// of too many cells or too few.</summary>
    private (double Gain, double Error) GainOf(Column first, Column second)
    {
        int cellCount = (first.Source.ValueCount + 1) * (second.Source.ValueCount + 1);
        var cells = new int[_rows.Length];
        var rowCounts = new int[cellCount];
        for (int row = 0; row < cells.Length; row++)
        {
            cells[row] = first.Values[row] * (second.Source.ValueCount + 1) + second.Values[row];
            rowCounts[cells[row]]++;
        }
        int occupied = rowCounts.Count(count => count > 0);
        if (occupied is < LeastCells or > MostCells || occupied * (long)LeastRowsOfCell > _rows.Length)
            return default;
        int middle = _rows.Length / 2;
        double sum = 0, squares = 0;
        foreach ((Range known, Range judged) in ((Range, Range)[])[(..middle, middle..), (middle.., ..middle)])
        {
            double[] means = MeansOf(cells, known, cellCount, CellShrinkage, add: null);
            (int start, int length) = judged.GetOffsetAndLength(_rows.Length);
            for (int row = start; row < start + length; row++)
            {
                double gain = 0;
                for (int output = 0; output < _outputCount; output++)
                {
                    double mean = means[cells[row] * _outputCount + output];
                    // r² − (r − m)².
                    gain += mean * (2 * _residuals[row * _outputCount + output] - mean);
                }
                (sum, squares) = (sum + gain, squares + gain * gain);
            }
        }
        double variance = squares / _rows.Length - sum / _rows.Length * (sum / _rows.Length);
        return (sum, Math.Sqrt(Math.Max(0, variance) * _rows.Length));
    }

    /// <summary>Leaves of the residuals what no sum of functions of single columns explains: by backfitting.</summary>
    private void FitAdditive(FeatureTable<float> features)
    {
        List<(int[] Values, int Count, double[] Effects)> columns =
            [.. AdditiveColumns(features).Select(column => (column.Values, column.Count, new double[column.Count * _outputCount]))];
        for (int round = 0; round < AdditiveRounds; round++)
        {
            for (int index = 0; index < columns.Count; index++)
            {
                _checkCancellation?.Invoke();
                (int[] values, int count, double[] effects) = columns[index];
                double[] means = MeansOf(values, .., count, AdditiveShrinkage, add: effects);
                for (int row = 0; row < values.Length; row++)
                {
                    for (int output = 0; output < _outputCount; output++)
                    {
                        int place = values[row] * _outputCount + output;
                        _residuals[row * _outputCount + output] += effects[place] - means[place];
                    }
                }
                columns[index] = (values, count, means);
            }
        }
    }

    /// <summary>Of each value the mean residual of some rows, plus its effect so far, drawn to 0.</summary>
    private double[] MeansOf(int[] values, Range range, int valueCount, double shrinkage, double[]? add)
    {
        (double[] sums, int[] counts) = (new double[valueCount * _outputCount], new int[valueCount]);
        (int start, int length) = range.GetOffsetAndLength(values.Length);
        for (int row = start; row < start + length; row++)
        {
            counts[values[row]]++;
            for (int output = 0; output < _outputCount; output++)
                sums[values[row] * _outputCount + output] += _residuals[row * _outputCount + output];
        }
        for (int place = 0; place < sums.Length; place++)
        {
            int count = counts[place / _outputCount];
            sums[place] = (sums[place] + count * (add?[place] ?? 0)) / (count + shrinkage);
        }
        return sums;
    }

    /// <summary>Every column by its values, from 0 on: numbers by their quantiles, of categories those that occur.</summary>
    private IEnumerable<(int[] Values, int Count)> AdditiveColumns(FeatureTable<float> features)
    {
        for (int category = 0; category < features.Layout.CategoryCount; category++)
        {
            var places = new Dictionary<int, int>();
            var values = new int[_rows.Length];
            for (int row = 0; row < values.Length; row++)
            {
                int value = features.CategoriesOf(_rows[row])[category];
                if (!places.TryGetValue(value, out values[row]))
                    places.Add(value, values[row] = places.Count);
            }
            yield return (values, places.Count);
        }
        for (int number = 0; number < features.Inputs.NumberCount; number++)
        {
            float[] values = [.. _rows.Select(row => features.Numbers![row][number])];
            float[] known = [.. values.Where(value => !float.IsNaN(value)).Order()];
            double[] edges = [.. Enumerable.Range(1, AdditiveBins - 1).Where(_ => known.Length > 0)
                .Select(bin => (double)known[(int)((long)bin * known.Length / AdditiveBins)]).Distinct()];
            var bins = new BinnedNumber(number, edges);
            yield return ([.. values.Select(value => bins.ValueOf(value))], bins.ValueCount + 1);
        }
    }

    /// <summary>The columns that can be half of a pair; of too many the first ones, and one more than may be.</summary>
    private static List<Column> FindColumns(FeatureTable<float> features, int[] rows, Action? checkCancellation)
    {
        var (found, values) = (new List<Column>(), new HashSet<double>());
        for (int category = 0; category < features.Layout.Categories.Length && found.Count <= MostColumns; category++)
        {
            if (features.Layout.ValueCountOf(category) is int count and <= MostValues)
                Add(CrossedColumn.Of(category, count));
        }
        for (int number = 0; number < features.Inputs.NumberCount && found.Count <= MostColumns; number++)
        {
            checkCancellation?.Invoke();
            values.Clear();
            if (AddValues(features.Numbers!, number, rows, values) && values.Count >= 3)
                Add(CrossedColumn.Of(new BinnedNumber(number, [.. values.Order().Skip(1)])));
        }
        return found;

        void Add(CrossedColumn column) => found.Add(new Column(column, [.. rows.Select(row => features.ValueOf(column, row))]));
    }

    /// <summary>Collects the values of a column; false for too many.</summary>
    private static bool AddValues(RowBlocks<float> numbers, int column, int[] rows, HashSet<double> values)
    {
        foreach (int row in rows)
        {
            float value = numbers[row][column];
            if (!float.IsNaN(value) && values.Add(value) && values.Count > MostValues)
                return false;
        }
        return true;
    }

    /// <summary>[rows x outputs]: numbers with mean 0 and deviation 1, the largest and the smallest pulled in; flags of classes minus their
    /// shares.</summary>
    private static double[] Standardize(RowBlocks<float> targets, int[] rows, int classCount)
    {
        int outputCount = classCount > 2 ? classCount : targets.RowLength;
        var values = new double[rows.Length * outputCount];
        for (int row = 0; row < rows.Length; row++)
        {
            ReadOnlySpan<float> target = targets[rows[row]];
            for (int output = 0; output < outputCount; output++)
                values[row * outputCount + output] = classCount > 2 ? (target[0] == output ? 1 : 0) : target[output];
        }
        for (int output = 0; output < outputCount; output++)
        {
            double[] ordered = [.. Enumerable.Range(0, rows.Length).Select(row => values[row * outputCount + output]).Order()];
            // Half a percent at each end.
            (double least, double largest) = (ordered[rows.Length / 200], ordered[rows.Length - 1 - rows.Length / 200]);
            double mean = ordered.Average(value => classCount > 0 ? value : Math.Clamp(value, least, largest));
            double deviation = classCount > 0 ? 1 : Math.Sqrt(ordered.Average(value => Square(Math.Clamp(value, least, largest) - mean)));
            for (int row = 0; row < rows.Length; row++)
            {
                ref double value = ref values[row * outputCount + output];
                value = ((classCount > 0 ? value : Math.Clamp(value, least, largest)) - mean) / (deviation > 0 ? deviation : 1);
            }
        }
        return values;

        static double Square(double value) => value * value;
    }

    /// <summary>A column that can be half of a pair.</summary>
    /// <param name="Source">What it is.</param>
    /// <param name="Values">Of each row that was drawn, in their order.</param>
    private sealed record Column(CrossedColumn Source, int[] Values);
}
