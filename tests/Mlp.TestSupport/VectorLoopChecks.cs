using System.Numerics;
using Mlp.Activations;
using Mlp.Numerics;
using Mlp.Optimizers;

namespace Mlp.TestSupport;

/// <summary>Every elementwise function of the engine: the same bits at every position of every length, and nothing touched beyond the
/// end.</summary>
public static class VectorLoopChecks
{
    private const int MaxLength = 130;

    /// <summary>Reads x and y and changes z, all of one length, each element by itself.</summary>
    private delegate void Operation<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, Span<T> z);

    /// <summary>The names that <see cref="BodyEqualsTail{T}"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Operations<float>().Keys];

    /// <summary>
    /// Compares each length from 0 to 130 (two of the widest vectors and every tail) with the same elements computed one at a time, in
    /// memory that ends at an inaccessible page, with NaN, infinities, zeros of both signs, denormals and huge values among them.
    /// </summary>
    public static void BodyEqualsTail<T>(string name)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Operation<T> operation = Operations<T>()[name];
        (T[] x, T[] y, T[] z) = (Values<T>(seed: 1), Values<T>(seed: 2), Values<T>(seed: 3));
        T[] expected = [.. z];
        for (int index = 0; index < MaxLength; index++)
            operation(x.AsSpan(index, 1), y.AsSpan(index, 1), expected.AsSpan(index, 1));

        using GuardedMemory<T> guardedX = new(MaxLength), guardedY = new(MaxLength), guardedZ = new(MaxLength);
        for (int length = 0; length <= MaxLength; length++)
        {
            Span<T> result = guardedZ.Copy(z.AsSpan(0, length));
            operation(guardedX.Copy(x.AsSpan(0, length)), guardedY.Copy(y.AsSpan(0, length)), result);
            Tolerance.AssertSameBits<T>($"{name} at length {length}", result, expected.AsSpan(0, length));
        }
    }

    private static T[] Values<T>(int seed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(seed);
        T[] special =
        [
            T.NaN, T.PositiveInfinity, T.NegativeInfinity, T.Zero, T.NegativeZero, T.Epsilon, -T.Epsilon,
            .. new[] { 1e4, -1e4, 1e30, -1e30, 88.5, -103.5, 709.5, -745 }.Select(T.CreateTruncating),
        ];
        return [.. Enumerable.Range(0, MaxLength).Select(_ => random.Next(4) == 0
            ? special[random.Next(special.Length)]
            : T.CreateTruncating((2 * random.NextDouble() - 1) * Math.Pow(10, random.Next(-3, 2))))];
    }

    private static Dictionary<string, Operation<T>> Operations<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var operations = new Dictionary<string, Operation<T>>
        {
            ["Widen"] = (x, _, z) => Widen(x, z),
            ["AddScaled"] = (x, y, z) => Elementwise.AddScaled(T.CreateTruncating(0.3), x, z),
            ["AddScaledSign"] = (x, y, z) => Elementwise.AddScaledSign(T.CreateTruncating(0.3), x, z),
            ["Multiply"] = (x, y, z) => Elementwise.Multiply(x, z),
            ["Scale"] = (x, y, z) => Elementwise.Scale(T.CreateTruncating(0.3), z),
            ["Shrink"] = (x, y, z) => Elementwise.Shrink(T.CreateTruncating(0.3), z),
            ["Clamp"] = (x, y, z) => Elementwise.Clamp(T.CreateTruncating(0.3), z),
            ["FeatureScaling"] = (x, y, z) => new FeatureScaling<T>(Finite(x), Finite(y)).Apply(z),
        };
        foreach (string name in LaneFunctions.Names)
            operations.Add($"LaneMath.{name}", (x, y, z) => LaneFunctions.Apply(name, x, z));
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            var kernel = ActivationKernel<T>.Of(activation);
            operations.Add($"{activation} forward", (x, y, z) => kernel.Apply(x, z));
            operations.Add($"{activation} with slopes", (x, _, z) => WithSlopes(kernel, x, z, slopesWanted: false));
            operations.Add($"{activation} slopes", (x, _, z) => WithSlopes(kernel, x, z, slopesWanted: true));
        }
        foreach (Loss loss in ElementwiseLosses)
        {
            // One output per row, so that a row's loss and slope depend on nothing else.
            operations.Add($"{loss} slope", (x, y, z) => loss.CreateKernel<T>().Evaluate(x, y, new T[z.Length], z));
            operations.Add($"{loss} value", (x, y, z) => loss.CreateKernel<T>().Evaluate(x, y, z, new T[z.Length]));
        }
        foreach (Optimizer optimizer in Optimizers)
        {
            operations.Add($"{optimizer}", (x, y, z) =>
            {
                OptimizerState<T> state = optimizer.CreateState<T>(z.Length);
                state.Step(z, x, new StepRates(optimizer.LearningRate), step: 1);
                state.Step(z, y, new StepRates(optimizer.LearningRate), step: 2);
            });
        }
        return operations;
    }

    private static IEnumerable<Loss> ElementwiseLosses =>
        [Loss.SquaredError, Loss.HalfSquaredError, Loss.AbsoluteError, Loss.Huber(0.7), Loss.Poisson, Loss.BinaryCrossEntropy];

    private static IEnumerable<Optimizer> Optimizers =>
    [
        new Sgd(), new Sgd { Momentum = 0.9 }, new Sgd { Momentum = 0.9, Dampening = 0.5 }, new Sgd { Momentum = 0.9, Nesterov = true },
            new Adam(),
        new Adam { AmsGrad = true }, new NAdam(), new RmsProp(), new RmsProp { Momentum = 0.9, Centered = true }, new Adagrad(),
            new Adadelta(),
    ];

    /// <summary>One of the two results of a kernel.</summary>
    private static void WithSlopes<T>(ElementwiseFunction<T> kernel, ReadOnlySpan<T> x, Span<T> z, bool slopesWanted)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (slopesWanted)
        {
            x.CopyTo(z);
            kernel.ApplyWithSlopes(z, new T[z.Length]);
        }
        else
        {
            kernel.ApplyWithSlopes(x.ToArray(), z);
        }
    }

    private static T[] Finite<T>(ReadOnlySpan<T> values)
        where T : INumberBase<T> => [.. values.ToArray().Select(value => T.IsFinite(value) ? value : T.One)];

    /// <summary>There and back is exact, so the bits tell.</summary>
    private static void Widen<T>(ReadOnlySpan<T> x, Span<T> z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var doubles = new double[x.Length];
        Elementwise.Widen(x, doubles);
        for (int index = 0; index < z.Length; index++)
            z[index] = T.CreateTruncating(doubles[index]);
    }
}
