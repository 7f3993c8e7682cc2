using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Transforms;

/// <summary>Learns what to put in the place of missing values, which are NaNs.</summary>
public sealed class MissingValueReplacingEstimator : IEstimator<MissingValueReplacingTransformer>
{
    private readonly IHost _host;
    private readonly (string Output, string Input)[] _columns;
    private readonly ReplacementMode _mode;
    private readonly bool _bySlot;

    internal MissingValueReplacingEstimator(
        IHostEnvironment env, (string Output, string Input)[] columns, ReplacementMode replacementMode, bool imputeBySlot)
    {
        foreach ((string name, _) in columns)
            Contracts.CheckParam(!string.IsNullOrWhiteSpace(name), nameof(name), $"{nameof(name)} cannot be null or white space");
        _host = env.Register(nameof(MissingValueReplacingEstimator));
        _columns = columns;
        _mode = replacementMode;
        _bySlot = imputeBySlot;
    }

    /// <summary>The replacement: 0, or a statistic of the values that are there.</summary>
    public enum ReplacementMode : byte
    {
        DefaultValue = 0,
        Mean = 1,
        Minimum = 2,
        Maximum = 3,
        Mode = 5,
    }

    public MissingValueReplacingTransformer Fit(IDataView input)
    {
        _host.CheckValue(input, nameof(input));
        return MissingValueReplacingTransformer.Train(_host, input, _columns, _mode, _bySlot);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
        => inputSchema.WithColumns(_host, _columns, (output, source) =>
        {
            MissingValueReplacingTransformer.CheckType(_host, source.ItemType, nameof(inputSchema));
            var annotations = new SchemaShape(
                [.. source.FindAnnotation(AnnotationKinds.SlotNames), .. source.FindAnnotation(AnnotationKinds.IsNormalized)]);
            return new SchemaShape.Column(output, source.Kind, source.ItemType, false, annotations);
        });
}
