using Mlp.State;

namespace Mlp.Optimizers;

/// <summary>The quasi-Newton direction from the last few steps and changes of the gradient.</summary>
/// <param name="memory">Steps that are remembered.</param>
/// <param name="parameterCount">Of the network.</param>
/// <param name="rates">How far each parameter moves as long as no step tells more of it, at least 0: the diagonal of the first inverse
/// Hessian, but for its scale. Null for 1 everywhere.</param>
internal sealed class LbfgsDirection(int memory, int parameterCount, double[]? rates = null) : ICheckpointed
{
    // A ring of steps s and gradient changes y, the oldest overwritten first.
    private readonly double[][] _steps = Ring(memory, parameterCount), _changes = Ring(memory, parameterCount);
    private readonly double[] _curvatures = new double[memory], _alphas = new double[memory];
    private int _count, _newest = -1;

    /// <summary>direction = −H·gradient, by the two-loop recursion (Nocedal and Wright 2006, Algorithm 7.4).</summary>
    public void Compute(ReadOnlySpan<double> gradient, Span<double> direction)
    {
        for (int index = 0; index < gradient.Length; index++)
            direction[index] = -gradient[index];
        for (int age = 0; age < _count; age++)
        {
            int slot = Slot(age);
            _alphas[slot] = Dot(_steps[slot], direction) / _curvatures[slot];
            Add(-_alphas[slot], _changes[slot], direction);
        }
        if (_count > 0)
        {
            // The scale of the first Hessian, equation 7.20; with rates in the parameters divided by their roots.
            double scale = _curvatures[_newest] / SumOfSquares(_changes[_newest]);
            foreach (ref double value in direction)
                value *= scale;
        }
        for (int index = 0; index < (rates?.Length ?? 0); index++)
            direction[index] *= rates![index];
        for (int age = _count - 1; age >= 0; age--)
        {
            int slot = Slot(age);
            Add(_alphas[slot] - Dot(_changes[slot], direction) / _curvatures[slot], _steps[slot], direction);
        }
    }

    /// <summary>Remembers a step, unless its curvature is not positive beyond rounding: H would stop being positive definite.</summary>
    public void Remember(ReadOnlySpan<double> step, ReadOnlySpan<double> gradientChange)
    {
        double curvature = Dot(step, gradientChange);
        if (!(curvature > 1e-10 * SumOfSquares(gradientChange)))
            return;
        _newest = (_newest + 1) % _steps.Length;
        _count = Math.Min(_count + 1, _steps.Length);
        step.CopyTo(_steps[_newest]);
        gradientChange.CopyTo(_changes[_newest]);
        _curvatures[_newest] = curvature;
    }

    public void Exchange(StateExchange state)
    {
        state.Exchange("remembered steps", ref _count, 0, _steps.Length);
        state.Exchange("newest of the remembered steps", ref _newest, -1, _steps.Length - 1);
        state.Check(_count == 0 || _newest >= 0, $"{_count} remembered steps without a newest");
        for (int age = 0; age < _count; age++)
        {
            state.Exchange("remembered steps", _steps[Slot(age)].AsSpan());
            state.Exchange("remembered changes of the gradient", _changes[Slot(age)].AsSpan());
            state.Exchange("remembered curvatures", _curvatures.AsSpan(Slot(age), 1));
        }
    }

    public static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int index = 0; index < left.Length; index++)
            sum += left[index] * right[index];
        return sum;
    }

    /// <summary>The sum of squares of what the rates leave of a change of the gradient.</summary>
    private double SumOfSquares(ReadOnlySpan<double> change)
    {
        if (rates is null)
            return Dot(change, change);
        double sum = 0;
        for (int index = 0; index < change.Length; index++)
            sum += rates[index] * change[index] * change[index];
        return sum;
    }

    private static void Add(double factor, ReadOnlySpan<double> source, Span<double> destination)
    {
        for (int index = 0; index < source.Length; index++)
            destination[index] += factor * source[index];
    }

    private static double[][] Ring(int memory, int length) => [.. Enumerable.Range(0, memory).Select(_ => new double[length])];

    private int Slot(int age) => (_newest - age + _steps.Length) % _steps.Length;
}
