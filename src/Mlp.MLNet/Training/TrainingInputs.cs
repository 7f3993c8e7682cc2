using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.Data;
using Mlp.Data.Stores;
using Mlp.MLNet.Evaluation;
using Mlp.MLNet.Options;
using Mlp.MLNet.Reading;
using Mlp.Networks;

namespace Mlp.MLNet.Training;

/// <summary>What becomes of the features of one Fit on their way to the networks: found from the rows, or taken from the model that the
/// training starts from.</summary>
internal sealed class TrainingInputs
{
    private readonly ResolvedOptions _options;
    private readonly TrainingColumns _columns;
    private readonly MlpModelParameters? _start;
    private readonly TrainingLog _log;
    private FeatureLayout? _layout;

    /// <param name="options">Of the trainer.</param>
    /// <param name="columns">Of the training data.</param>
    /// <param name="start">Null for a training of its own.</param>
    /// <param name="log">Receives messages about the progress.</param>
    /// <param name="layout">Of the start in these columns; null where its slots are theirs.</param>
    public TrainingInputs(
        ResolvedOptions options, TrainingColumns columns, MlpModelParameters? start, TrainingLog log, FeatureLayout? layout = null)
    {
        (_options, _columns, _start, _log) = (options, columns, start, log);
        // A model that has not learnt what to make of missing values cannot begin to.
        LearnsMissing = options.MissingValues == MissingValues.Learn && (start is null || start.EngineModel.Middles is not null);
        if (start is not null)
        {
            _layout = layout ?? start.EngineModel.Layout ?? FeatureLayout.Dense(columns.FeatureCount);
            // A key that has got further values since gets rows for them.
            _layout = _layout with { KeyCounts = [.. _layout.KeyCounts.Zip(CountsOfKeys(columns), Math.Max)] };
            InputDescription inputs = start.EngineModel.Network.Inputs;
            Description = inputs with
            {
                Categories = [.. inputs.Categories.Select(
                    (category, index) => category with { ValueCount = _layout.ValueCountOf(index) })],
            };
            (Scaling, SparseScaling, Middles) = (start.EngineModel.Scaling, start.EngineModel.SparseScaling, start.EngineModel.Middles);
        }
    }

    /// <summary>Whether features may be NaN.</summary>
    public bool LearnsMissing { get; }

    /// <summary>What the networks take.</summary>
    public InputDescription Description { get; private set; } = new(1);

    /// <summary>The scaling of the numbers; null for numbers as they are.</summary>
    public FeatureScaling<float>? Scaling { get; private set; }

    /// <summary>The scaling of the sparse slots; null where there are none, or for slots as they are.</summary>
    public FeatureScaling<float>? SparseScaling { get; private set; }

    /// <summary>What stands for a number that is missing, in scaled units; null where NaN is refused.</summary>
    public float[]? Middles { get; private set; }

    /// <summary>Null where all features are numbers.</summary>
    public FeatureLayout? LayoutOfModel => _layout is { IsIdentity: false } ? _layout : null;

    /// <summary>The key columns, with the values that the model will know.</summary>
    public IReadOnlyList<CategoryValues> Categories =>
        [.. _columns.Categories.Select((column, index) => CategoryOf(column, index, _layout!.KeyCounts[index]))];

    /// <summary>Collects rows: those to train on first, and then others, which get the same layout.</summary>
    public FeatureTableBuilder<float> CreateBuilder(long? expectedRowCount)
    {
        if (_layout is not null)
            return new FeatureTableBuilder<float>(_layout, expectedRowCount);
        CategorySlots[] categories = _options.CategoricalEmbedding.IsNone ? [] : FindCategories();
        return new FeatureTableBuilder<float>(_columns.FeatureCount, categories, CountsOfKeys(_columns), expectedRowCount)
        {
            MinimumSlotRowCount = _options.MinimumExampleCountPerSlot,
        };
    }

    /// <summary>Finds out what the features of rows are that will be on disk.</summary>
    public FeatureSurvey CreateSurvey() => _layout is not null ? new FeatureSurvey(_layout)
        : new FeatureSurvey(
            _columns.FeatureCount, _options.CategoricalEmbedding.IsNone ? [] : FindCategories(), CountsOfKeys(_columns))
        {
            MinimumSlotRowCount = _options.MinimumExampleCountPerSlot,
        };

    /// <summary>A number that is the same in all rows of the sample, but not in all rows of the table, is scaled by its range.</summary>
    public void ScaleRareValues(FeatureSurvey survey)
    {
        if (_start is not null || Scaling is null)
            return;
        (float[] offsets, float[] factors) = (Scaling.Offsets.ToArray(), Scaling.Factors.ToArray());
        for (int column = 0; column < factors.Length; column++)
        {
            (float least, float largest) = survey.RangeOf(_layout!.NumberSlots[column]);
            if (factors[column] != 0 || least == largest)
                continue;
            // As the distance of the only other value is: a flag becomes 0 or 2.
            double distance = Math.Max(Math.Abs((double)largest - offsets[column]), Math.Abs((double)least - offsets[column])) / 2;
            var factor = (float)(1 / distance);
            factors[column] = float.IsFinite(2 * factor) ? factor : 0;
        }
        Scaling = new FeatureScaling<float>(offsets, factors, Scaling.Limit) { Curves = Scaling.Curves };
    }

    /// <summary>Looks at the rows to train on.</summary>
    /// <returns>The rows, with the bins of some numbers as categories.</returns>
    public TrainingRows Take(TrainingRows rows, Action checkCancellation)
    {
        if (_start is not null)
            return rows;
        BinnedNumber[] bins = rows.Features.Numbers is { } numbers
            ? _options.NumericEmbedding.BinsOf(numbers, rows.ExampleWeights, checkCancellation) : [];
        if (bins.Length > 0)
            _log.Info($"{bins.Length} of {_columns.FeatureCount} features are one value in most rows; their bins are categories, too.");
        FeatureTable<float> features = rows.Features.WithBins(bins);
        Describe(features);
        Log(features);
        checkCancellation();
        return rows with { Features = features };
    }

    /// <summary>Looks for pairs of columns that are worth being a category.</summary>
    /// <param name="rows">To train on, not scaled.</param>
    /// <param name="classCount">Of the label; 0 for numbers.</param>
    /// <param name="seed">Draws rows.</param>
    /// <param name="checkCancellation">Ends the work by what it throws.</param>
    /// <returns>The rows, with those pairs as categories.</returns>
    public TrainingRows TakeCrosses(TrainingRows rows, int classCount, int seed, Action checkCancellation)
    {
        CrossedCategory[] crosses = CrossSearch.Find(
            rows.Features, rows.Targets, classCount, _options.CategoricalEmbedding.MaximumCrosses, seed, checkCancellation);
        rows = rows with { Features = rows.Features.WithCrosses(crosses) };
        Describe(rows);
        return rows;
    }

    /// <summary>What a pair of columns is called in messages.</summary>
    public string NameOf(CrossedCategory cross)
    {
        string[]? names = FeatureAnnotations.Of(_columns.Features).SlotNames;
        return $"{NameOf(cross.First)} and {NameOf(cross.Second)}";

        string NameOf(CrossedColumn column)
        {
            int slot = column.Bins is { } bins ? _layout!.NumberSlots[bins.Number] : _layout!.Categories[column.Category].First;
            int count = column.Bins is null ? _layout.Categories[column.Category].ValueCount : 1;
            return new PermutedFeature(slot, count, IsUsed: true).NameIn(names, _layout.SlotCount, []);
        }
    }

    /// <summary>The stage for the numeric features; null for none.</summary>
    public PeriodicEmbeddingDescription? CreateEmbedding(TrainingRows rows, Action checkCancellation)
    {
        if (_start is not null)
            return WarmStart.EmbeddingOf(_start.EngineModel.Network);
        PeriodicEmbeddingDescription? embedding = rows.Features.Numbers is { } numbers
            ? _options.NumericEmbedding.For(numbers, checkCancellation) : null;
        if (embedding is not null)
            _log.Info($"{embedding.Columns.Count} of {_columns.FeatureCount} features are numeric and get a periodic embedding.");
        return embedding;
    }

    /// <summary>Finds the scaling of the features, and what stands for those that are missing.</summary>
    public void CreateScaling(TrainingRows rows, Action checkCancellation)
    {
        if (_start is not null)
            return;
        bool scales = _options.NormalizeFeatures ?? !_columns.Features.IsNormalized();
        bool isRobust = _options.Normalization != FeatureNormalization.Standard;
        string name = $"Feature column '{_columns.Features.Name}'";
        if (!scales)
        {
            string reason = _options.NormalizeFeatures == false ? "NormalizeFeatures is false" : "the column is normalized";
            _log.Info($"{name} is taken as it is: {reason}.");
        }
        else
        {
            _log.Info(isRobust ? $"{name} is centred on its medians, scaled by its quartiles and clipped smoothly."
                : $"{name} is scaled to mean 0 and standard deviation 1.");
        }
        if (scales && rows.Features.Sparse is { } sparse)
            SparseScaling = FeatureScaling<float>.OfSparse(sparse, Description.SparseCount, isRobust, rows.ExampleWeights);
        if (rows.Features.Numbers is not { } numbers)
        {
            Middles = LearnsMissing ? [] : null;
            return;
        }
        if (scales)
        {
            Scaling = _options.Normalization switch
            {
                FeatureNormalization.Standard => FeatureScaling<float>.Standardize(numbers, rows.ExampleWeights, checkCancellation),
                FeatureNormalization.Robust => FeatureScaling<float>.Robust(
                    numbers, exampleWeights: rows.ExampleWeights, checkCancellation: checkCancellation),
                _ => FeatureScaling<float>.Adaptive(
                    numbers, exampleWeights: rows.ExampleWeights, checkCancellation: checkCancellation),
            };
            if (Scaling.Curves.Length > 0)
                _log.Info($"{Scaling.Curves.Length} of its slots are skewed and are scaled by their quantiles.");
        }
        if (LearnsMissing)
        {
            Middles = scales ? new float[Description.NumberCount]
                : [.. RobustStatistics.Compute(numbers, rows.ExampleWeights, checkCancellation).Medians.Select(median => (float)median)];
        }
    }

    /// <summary>Scales rows in place, and fills in what is missing where the networks do not learn it.</summary>
    public void Scale(TrainingRows rows, TargetScaling<float>? targets, Action checkCancellation) =>
        rows.Scale(Scaling, SparseScaling, Middles, Description.MissingColumns, targets, checkCancellation);

    /// <summary>How many values each key column has; checked to fit.</summary>
    public static int[] CountsOfKeys(TrainingColumns columns) =>
        [.. columns.Categories.Select(column => (int)((KeyDataViewType)column.Type).Count)];

    /// <summary>Where the data has fewer values than the start knows, they are those of the start.</summary>
    private CategoryValues CategoryOf(DataViewSchema.Column column, int index, int count)
    {
        var here = CategoryValues.Of(column);
        LabelValues? started = _start?.Categories.ElementAtOrDefault(index)?.Values;
        return here with { Values = here.Values?.Count == count ? here.Values : started?.Count == count ? started : null };
    }

    /// <summary>The ranges of the feature column that are marked as categories and can be some.</summary>
    private CategorySlots[] FindCategories()
    {
        int[] ranges = FeatureAnnotations.Of(_columns.Features).CategoricalSlotRanges ?? [];
        var found = new List<CategorySlots>();
        int next = 0;
        for (int range = 0; range < ranges.Length; range += 2)
        {
            (int first, int last) = (ranges[range], ranges[range + 1]);
            if (first < next || last < first || last >= _columns.FeatureCount)
            {
                string problem = last >= _columns.FeatureCount
                    ? $"go beyond its {_columns.FeatureCount} slots" : "overlap others or are out of order";
                _log.Warn(
                    $"Feature column '{_columns.Features.Name}' is annotated with a category in slots {first} to {last}, which {problem}. "
                        + "They are taken for numbers. Correct the annotation CategoricalSlotRanges.");
                continue;
            }
            next = last + 1;
            // A single flag is a number as good as any.
            if (last > first)
                found.Add(new CategorySlots(first, last - first + 1));
        }
        return [.. found];
    }

    /// <summary>Takes the rows as they are for those of the training.</summary>
    public void Describe(TrainingRows rows) => Describe(rows.Features);

    private void Describe(FeatureTable<float> features)
    {
        _layout = features.Layout;
        Description = new InputDescription(_layout.NumberSlots.Length)
        {
            MissingColumns = features.MissingColumns,
            Categories = [.. _layout.Categories.Select(category => _options.CategoricalEmbedding.For(category.ValueCount)),
                .. _layout.Bins.Select(bins => _options.KeyEmbedding.For(bins.ValueCount)),
                .. _layout.Crosses.Select(cross => _options.KeyEmbedding.For(cross.ValueCount)),
                .. _layout.KeyCounts.Select(_options.KeyEmbedding.For)],
            SparseCount = _layout.SparseSlots.Length,
            SparseInputsPerRow = features.SparseInputsPerRow,
        };
    }

    private void Log(FeatureTable<float> features)
    {
        InputDescription inputs = Description;
        if (inputs.Categories.Count > 0)
        {
            string sizes = string.Join(", ", inputs.Categories.Select(category => $"{category.ValueCount:N0}"));
            _log.Info($"Number of categories learnt as embeddings: {inputs.Categories.Count}, of {sizes} values.");
        }
        if (inputs.SparseCount > 0)
        {
            _log.Info(
                $"{inputs.SparseCount:N0} of {_columns.FeatureCount:N0} slots are mostly 0 and kept as index and value, "
                    + $"{features.SparseInputsPerRow:F1} a row.");
        }
        if (features.MissingSparseCount > 0)
        {
            _log.Warn(
                $"{features.MissingSparseCount:N0} missing values are in slots that are mostly 0, and count as 0. Replace them "
                    + "(ReplaceMissingValues) if they mean something else.");
        }
        if (inputs.MissingColumns.Count > 0)
            _log.Info(
                $"{inputs.MissingColumns.Count} of {inputs.NumberCount} numeric features have missing values, which are learnt from.");
    }
}
