using System.Numerics;
using Mlp.Numerics;

namespace Mlp;

/// <summary>How much the rows of each class count, besides their example weights.</summary>
/// <remarks>scikit-learn: class_weight; PyTorch: weight of CrossEntropyLoss.</remarks>
public sealed record ClassWeights
{
    private readonly double[]? _given;

    private ClassWeights(double[]? given) => _given = given;

    /// <summary>
    /// W / (C · W_c), with W the weight of all rows, C the classes that occur and W_c the weight of class c: all classes count the same.
    /// </summary>
    public static ClassWeights Balanced { get; } = new(given: null);

    /// <summary>One weight per class, in the order of the classes.</summary>
    /// <param name="weights">Each at least 0 and finite, not all 0. For two classes: the negative one first.</param>
    /// <exception cref="ArgumentException">A weight is out of range, or there is none above 0.</exception>
    public static ClassWeights Of(params ReadOnlySpan<double> weights)
    {
        for (int index = 0; index < weights.Length; index++)
            RangeCheck.NotNegative(weights[index], $"{nameof(weights)}[{index}]");
        if (!weights.ContainsAnyExcept(0))
            throw new ArgumentException("There is no class weight above 0; at least one class must count.", nameof(weights));
        return new ClassWeights(weights.ToArray());
    }

    /// <summary>The weight of each class.</summary>
    /// <param name="classIndices">The class of each row: 0 to <paramref name="classCount"/> − 1.</param>
    /// <param name="classCount">Classes there are.</param>
    /// <param name="exampleWeights">One per row; empty for 1 everywhere.</param>
    /// <remarks>A class without rows, or without weight, gets 0 by <see cref="Balanced"/>.</remarks>
    /// <exception cref="ArgumentException">The weights given are not as many as the classes.</exception>
    public double[] For<T>(ReadOnlySpan<int> classIndices, int classCount, ReadOnlySpan<T> exampleWeights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (_given is not null)
        {
            return _given.Length == classCount ? [.. _given] : throw new ArgumentException(
                $"There are {_given.Length} class weights for {classCount} classes. Give one per class, in the order of the classes.",
                nameof(classCount));
        }
        var weights = new double[classCount];
        for (int row = 0; row < classIndices.Length; row++)
            weights[classIndices[row]] += exampleWeights.IsEmpty ? 1 : double.CreateTruncating(exampleWeights[row]);
        double sum = weights.Sum();
        int occurring = weights.Count(weight => weight > 0);
        return [.. weights.Select(weight => weight > 0 ? sum / (occurring * weight) : 0)];
    }

    /// <summary>The weight of each row: that of its class times its example weight.</summary>
    /// <param name="weightsOfClasses">From <see cref="For"/>.</param>
    /// <param name="classIndices">The class of each row.</param>
    /// <param name="exampleWeights">One per row; empty for 1 everywhere.</param>
    /// <exception cref="ArgumentException">A product is too large for <typeparamref name="T"/>.</exception>
    public static T[] Apply<T>(ReadOnlySpan<double> weightsOfClasses, ReadOnlySpan<int> classIndices, ReadOnlySpan<T> exampleWeights)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var weights = new T[classIndices.Length];
        for (int row = 0; row < weights.Length; row++)
        {
            double exampleWeight = exampleWeights.IsEmpty ? 1 : double.CreateTruncating(exampleWeights[row]);
            weights[row] = T.CreateTruncating(weightsOfClasses[classIndices[row]] * exampleWeight);
            if (!T.IsFinite(weights[row]))
            {
                throw new ArgumentException(
                    $"The weight of row {row} is {weightsOfClasses[classIndices[row]]} for class {classIndices[row]} times "
                        + $"{exampleWeight}, which {typeof(T).Name} cannot hold. Give smaller class weights.");
            }
        }
        return weights;
    }

    /// <inheritdoc/>
    public bool Equals(ClassWeights? other) =>
        other is not null
        && (_given is null ? other._given is null : other._given is not null && _given.AsSpan().SequenceEqual(other._given));

    /// <inheritdoc/>
    public override int GetHashCode() => _given is null ? 0 : HashCode.Combine(_given.Length, _given[0]);

    /// <summary>"Balanced", or the weights.</summary>
    public override string ToString() => _given is null ? nameof(Balanced) : string.Join(", ", _given.Select(weight => $"{weight}"));
}
