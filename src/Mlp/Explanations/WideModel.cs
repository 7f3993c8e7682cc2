using System.Numerics;
using Mlp.Data;

namespace Mlp.Explanations;

/// <summary>A model with the same parameters in double, so that what is integrated over hundreds of points loses no digits.</summary>
internal static class WideModel
{
    /// <summary>A copy: later changes of the networks do not show.</summary>
    public static Model<double> Of<T>(Model<T> model)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        FeatureScaling<double>? scaling = model.Scaling is null ? null : Widen(model.Scaling);
        return new Model<double>([.. model.Networks.Select(Of)], scaling, model.Link, model.History)
        {
            Temperature = model.Temperature,
            Layout = model.Layout,
            Middles = model.Middles is null ? null : Widen<T>(model.Middles),
            SparseScaling = model.SparseScaling is null ? null : Widen(model.SparseScaling),
            Range = model.Range is { } range ? new TargetRange<double>(Widen(range.Minima), Widen(range.Maxima)) : null,
        };
    }

    private static FeatureScaling<double> Widen<T>(FeatureScaling<T> scaling)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(Widen(scaling.Offsets), Widen(scaling.Factors), scaling.Limit is { } limit ? double.CreateTruncating(limit) : null)
        {
            Curves = [.. scaling.Curves.Select(
                curve => new FeatureCurve<double>(curve.Feature, Widen<T>(curve.Inputs), Widen<T>(curve.Outputs)))],
        };

    public static double[] Widen<T>(ReadOnlySpan<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var wide = new double[values.Length];
        for (int index = 0; index < wide.Length; index++)
            wide[index] = double.CreateTruncating(values[index]);
        return wide;
    }

    private static Network<double> Of<T>(Network<T> network)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var wide = Network<double>.CreateBlank(
            network.Inputs, network.Embedding?.Describe(),
            [.. network.Layers.Select(
                layer => new DenseLayerDescription(layer.UnitCount, layer.Activation) { HasBiases = layer.BiasTensor is not null })]);
        Widen<T>(network.Parameters.Values).CopyTo(wide.Parameters.Values);
        wide.OutputOffsets = network.OutputOffsets;
        return wide;
    }
}
