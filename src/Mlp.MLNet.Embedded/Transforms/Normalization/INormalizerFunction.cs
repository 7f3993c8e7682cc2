namespace Microsoft.ML.Transforms;

/// <summary>Normalizes the values of a column.</summary>
internal interface INormalizerFunction
{
    NormalizingTransformer.NormalizerModelParametersBase Parameters { get; }

    Delegate MakeGetter(DataViewRow row, DataViewSchema.Column source);

    void Save(BinaryWriter writer);
}
