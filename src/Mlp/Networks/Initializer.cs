using System.Numerics;
using Mlp.Numerics;
using Mlp.State;

namespace Mlp;

/// <summary>How the first weights of a layer are drawn, given its fan-in (inputs of a unit) and fan-out (units of the layer).</summary>
public sealed record Initializer
{
    private readonly Kind _kind;
    private readonly double _first, _second;

    private Initializer(Kind kind, double first = 0, double second = 0)
    {
        _kind = kind;
        _first = first;
        _second = second;
    }

    private enum Kind
    {
        GlorotUniform,
        GlorotNormal,
        HeUniform,
        HeNormal,
        LeCunUniform,
        LeCunNormal,
        Uniform,
        Normal,
        Constant,
        Automatic,
    }

    /// <summary>Leaves it to the layer: <see cref="DefaultFor"/> its activation for weights, 0 for biases.</summary>
    public static Initializer Automatic { get; } = new(Kind.Automatic);

    /// <summary>Uniform with variance 2 / (fan-in + fan-out). Source: Glorot and Bengio 2010, equation 16.</summary>
    public static Initializer GlorotUniform { get; } = new(Kind.GlorotUniform);

    /// <summary>Normal with variance 2 / (fan-in + fan-out). Source: Glorot and Bengio 2010, equation 12.</summary>
    public static Initializer GlorotNormal { get; } = new(Kind.GlorotNormal);

    /// <summary>Uniform with variance 2 / fan-in. Source: He et al. 2015, equation 10.</summary>
    public static Initializer HeUniform { get; } = new(Kind.HeUniform);

    /// <summary>Normal with variance 2 / fan-in. Source: He et al. 2015, equation 10.</summary>
    public static Initializer HeNormal { get; } = new(Kind.HeNormal);

    /// <summary>Uniform with variance 1 / fan-in. Source: LeCun et al. 1998, equation 16.</summary>
    public static Initializer LeCunUniform { get; } = new(Kind.LeCunUniform);

    /// <summary>Normal with variance 1 / fan-in. Source: LeCun et al. 1998, equation 16.</summary>
    public static Initializer LeCunNormal { get; } = new(Kind.LeCunNormal);

    /// <summary>All zero.</summary>
    public static Initializer Zero { get; } = new(Kind.Constant);

    /// <summary>Uniform on [minimum, maximum).</summary>
    /// <param name="minimum">Finite.</param>
    /// <param name="maximum">Finite, not below <paramref name="minimum"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not finite, or they are the wrong way round.</exception>
    public static Initializer Uniform(double minimum, double maximum)
    {
        RangeCheck.Require(double.IsFinite(minimum), minimum, "finite");
        RangeCheck.Require(double.IsFinite(maximum), maximum, "finite");
        RangeCheck.Require(maximum >= minimum, maximum, $"at least minimum, {minimum}");
        return new(Kind.Uniform, minimum, maximum);
    }

    /// <summary>Normal with mean 0.</summary>
    /// <param name="standardDeviation">At least 0, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The standard deviation is negative or not finite.</exception>
    public static Initializer Normal(double standardDeviation)
    {
        RangeCheck.NotNegative(standardDeviation);
        return new(Kind.Normal, standardDeviation);
    }

    /// <summary>All the same.</summary>
    /// <param name="value">Finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is not finite.</exception>
    public static Initializer Constant(double value)
    {
        RangeCheck.Require(double.IsFinite(value), value, "finite");
        return new(Kind.Constant, value);
    }

    /// <summary>
    /// The customary one: He (normal) for ReLU and its smooth relatives, LeCun (normal) for SELU, Glorot (uniform) otherwise.
    /// </summary>
    /// <param name="activation">The activation of the layer.</param>
    public static Initializer DefaultFor(Activation activation) => activation switch
    {
        Activation.Relu or Activation.LeakyRelu or Activation.Elu or Activation.Gelu or Activation.Silu or Activation.Mish => HeNormal,
        Activation.Selu => LeCunNormal,
        _ => GlorotUniform,
    };

    /// <summary>The name, with its parameters where it has some.</summary>
    public override string ToString() => _kind switch
    {
        Kind.Uniform => $"Uniform({_first}, {_second})",
        Kind.Normal or Kind.Constant => $"{_kind}({_first})",
        _ => _kind.ToString(),
    };

    /// <summary>The one that draws the weights of a layer.</summary>
    internal Initializer For(Activation activation) => _kind == Kind.Automatic ? DefaultFor(activation) : this;

    /// <exception cref="ArgumentException">A number drawn is too large for T.</exception>
    internal void Fill<T>(Span<T> values, int fanIn, int fanOut, RandomSource random)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (_kind is Kind.Constant or Kind.Automatic)
        {
            values.Fill(Convert<T>(_first));
            return;
        }
        double variance = _kind switch
        {
            Kind.GlorotUniform or Kind.GlorotNormal => 2.0 / (fanIn + fanOut),
            Kind.HeUniform or Kind.HeNormal => 2.0 / fanIn,
            _ => 1.0 / fanIn,
        };
        bool normal = _kind is Kind.GlorotNormal or Kind.HeNormal or Kind.LeCunNormal or Kind.Normal;
        double deviation = _kind == Kind.Normal ? _first : Math.Sqrt(variance);
        // A uniform variable on [−a, a] has variance a² / 3.
        double minimum = _kind == Kind.Uniform ? _first : -Math.Sqrt(3 * variance);
        double maximum = _kind == Kind.Uniform ? _second : Math.Sqrt(3 * variance);
        foreach (ref T value in values)
        {
            double drawn = normal ? deviation * random.NextNormal() : minimum + (maximum - minimum) * random.NextDouble();
            value = Convert<T>(drawn);
        }
    }

    private T Convert<T>(double drawn)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var value = T.CreateTruncating(drawn);
        return T.IsFinite(value) ? value : throw new ArgumentException(
            $"The initializer {this} draws {drawn}, which {typeof(T).Name} cannot hold. Give it smaller numbers.");
    }
}
