using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>Gives each row the number in [0, 1] by which splits choose it; NaN for rows that belong nowhere.</summary>
internal abstract class SplitNumbers
{
    /// <summary>What ML.NET uses when neither the call nor the context has a seed.</summary>
    private const int DefaultSeed = 42;

    /// <summary>Whether a row keeps its number when the order changes.</summary>
    public virtual bool CanShuffle => true;

    /// <summary>The columns the number is computed from.</summary>
    public abstract IEnumerable<DataViewSchema.Column> Columns { get; }

    /// <summary>Computes the number of the row the cursor stands on; to be called once for every row.</summary>
    public abstract Func<double> Bind(DataViewRow row);

    /// <summary>Random numbers, or, with a key column, numbers that are equal for equal keys.</summary>
    public static SplitNumbers Create(IHostEnvironment env, IDataView data, string? keyColumn, int? seed)
    {
        seed ??= (env as IHostEnvironmentInternal)?.Seed;
        // The transforms that ML.NET uses here draw from the context's random numbers: two hosts for copying a key, else one.
        env.Register("GenerateNumber");
        if (keyColumn == null)
            return new RandomNumbers((uint)(seed ?? DefaultSeed));
        if (data.Schema.GetColumnOrNull(keyColumn) is not { } column)
            throw env.ExceptSchemaMismatch("samplingKeyColumn", "SamplingKeyColumn", keyColumn);
        if (column.Type is KeyDataViewType key)
        {
            env.Register("CopyColumns");
            return new KeyNumbers(column, key);
        }
        if (column.Type == NumberDataViewType.Single)
            return ScaledNumbers<float>.Create(data, column);
        if (column.Type == NumberDataViewType.Double)
            return ScaledNumbers<double>.Create(data, column);
        return new HashedNumbers(column, (uint?)seed ?? HashedNumbers.DefaultSeed);
    }

    private sealed class RandomNumbers(uint seed) : SplitNumbers
    {
        public override bool CanShuffle => false;

        public override IEnumerable<DataViewSchema.Column> Columns => [];

        public override Func<double> Bind(DataViewRow row)
        {
            var generator = new TauswortheHybrid(seed);
            return () => generator.NextSingle();
        }
    }

    private sealed class KeyNumbers(DataViewSchema.Column column, KeyDataViewType type) : SplitNumbers
    {
        public override IEnumerable<DataViewSchema.Column> Columns => [column];

        public override Func<double> Bind(DataViewRow row)
        {
            var key = KeyReader.Bind(row, column);
            // ML.NET cuts large keys to 32 bits here.
            return () => key() is var value && value >= 1 && value <= type.Count ? ((uint)value - 0.5) / type.Count : double.NaN;
        }
    }
}
