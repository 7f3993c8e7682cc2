using System.Numerics;
using Mlp.Networks;

namespace Mlp.TestSupport;

/// <summary>Compares one case of gradients.json with <see cref="Backpropagation{T}"/>, the code that training runs through.</summary>
public static class GradientFixtureCheck
{
    /// <summary>Loss, row losses, outputs, every gradient tensor and the gradient by the inputs; returns the largest deviation.</summary>
    /// <param name="gradientCase">The case.</param>
    /// <param name="tolerance">Of losses and outputs beside max(1, |expected|), of gradients beside the case's largest gradient.</param>
    public static double Run<T>(GradientCase gradientCase, double tolerance)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (string id, FixtureData data, GradientExpectation expected) = (gradientCase.Id, gradientCase.Data, gradientCase.Expected);
        int rowCount = data.Inputs.Shape[0];
        Network<T> network = FixtureNetworks.Create<T>(gradientCase.Layers);
        T[] exampleWeights = FixtureNetworks.Convert<T>(data.SampleWeights ?? [.. Enumerable.Repeat(1.0, rowCount)]);
        var inputGradients = new T[data.Inputs.Data.Length];
        using var backpropagation = new Backpropagation<T>(
            network, FixtureNetworks.LossOf(gradientCase.Loss), LossReduction.Mean, rowCount, threadCount: 1);

        double loss = backpropagation.Compute(
            FixtureNetworks.Convert<T>(data.Inputs.Data), FixtureNetworks.Convert<T>(data.Targets.Data),
            exampleWeights, inputGradients).Loss;

        double worst = Math.Max(
            Tolerance.AssertClose($"{id} loss", loss, expected.Loss, tolerance),
            Tolerance.AssertClose($"{id} row losses", backpropagation.RowLosses(rowCount), expected.RowLosses, tolerance));
        worst = Math.Max(
            worst, Tolerance.AssertClose($"{id} outputs", backpropagation.Outputs(rowCount), expected.Outputs.Data, tolerance));
        foreach (ParameterTensor tensor in network.Parameters.Tensors)
        {
            worst = Math.Max(worst, Tolerance.AssertClose<T>(
                $"{id} gradient of the {tensor.Name}", backpropagation.Gradients.Slice(tensor.Offset, tensor.Length),
                FixtureNetworks.Values(expected.Gradients, tensor), tolerance, gradientCase.LargestAbsGradient));
        }
        double inputScale = Math.Max(gradientCase.LargestAbsGradient, expected.InputGradient.Data.Max(Math.Abs));
        return Math.Max(worst, Tolerance.AssertClose<T>(
            $"{id} gradient of the inputs", inputGradients, expected.InputGradient.Data, tolerance, inputScale));
    }
}
