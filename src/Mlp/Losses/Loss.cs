using System.Numerics;
using Mlp.Losses;
using Mlp.Numerics;

namespace Mlp;

/// <summary>What training minimizes. Below, o is an output, y its target and K the number of outputs.</summary>
/// <remarks>
/// The definitions are those of PyTorch; another <see cref="OutputReduction"/> can be chosen with
/// <c>Loss.BinaryCrossEntropy with { OutputReduction = OutputReduction.Sum }</c>.
/// </remarks>
public sealed record Loss
{
    private readonly Kind _kind;
    private readonly double _parameter;

    private Loss(Kind kind, OutputReduction outputReduction, double parameter = 0)
    {
        _kind = kind;
        _parameter = parameter;
        OutputReduction = outputReduction;
    }

    private enum Kind
    {
        SquaredError,
        HalfSquaredError,
        AbsoluteError,
        Huber,
        Poisson,
        BinaryCrossEntropy,
        SoftmaxCrossEntropy,
        Quantile,
        BinaryFocal,
        SoftmaxFocal,
    }

    /// <summary>(1/K) Σ (o − y)². PyTorch: MSELoss.</summary>
    public static Loss SquaredError { get; } = new(Kind.SquaredError, OutputReduction.Mean);

    /// <summary>½ Σ (o − y)², not divided by K.</summary>
    public static Loss HalfSquaredError { get; } = new(Kind.HalfSquaredError, OutputReduction.Sum);

    /// <summary>(1/K) Σ |o − y|. PyTorch: L1Loss.</summary>
    public static Loss AbsoluteError { get; } = new(Kind.AbsoluteError, OutputReduction.Mean);

    /// <summary>(1/K) Σ (e^o − y o): targets are counts, outputs the logarithms of their rates. PyTorch: PoissonNLLLoss.</summary>
    public static Loss Poisson { get; } = new(Kind.Poisson, OutputReduction.Mean);

    /// <summary>(1/K) Σ [ln(1 + e^o) − y o]: targets in [0, 1], outputs are logits. PyTorch: BCEWithLogitsLoss.</summary>
    public static Loss BinaryCrossEntropy { get; } = new(Kind.BinaryCrossEntropy, OutputReduction.Mean);

    /// <summary>ln Σ e^o − Σ y o: targets are class probabilities, outputs are logits. PyTorch: CrossEntropyLoss.</summary>
    public static Loss SoftmaxCrossEntropy { get; } = new(Kind.SoftmaxCrossEntropy, OutputReduction.Sum);

    /// <summary>Mean or sum over the outputs of a row.</summary>
    public OutputReduction OutputReduction { get; init; }

    /// <summary>Whether targets are probabilities of classes.</summary>
    internal bool HasClassTargets => IsSoftmax || _kind is Kind.BinaryCrossEntropy or Kind.BinaryFocal;

    /// <summary>Whether the outputs of a row are logits of classes that exclude each other.</summary>
    internal bool IsSoftmax => _kind is Kind.SoftmaxCrossEntropy or Kind.SoftmaxFocal;

    /// <summary>What turns outputs trained with this loss into predictions.</summary>
    public OutputLink Link => _kind switch
    {
        Kind.Poisson => OutputLink.Exponential,
        Kind.BinaryCrossEntropy or Kind.BinaryFocal => OutputLink.Sigmoid,
        Kind.SoftmaxCrossEntropy or Kind.SoftmaxFocal => OutputLink.Softmax,
        _ => OutputLink.Identity,
    };

    /// <summary>(1/K) Σ h(o − y), with h(d) = ½ d² for |d| ≤ threshold and threshold (|d| − threshold/2) beyond. PyTorch:
    /// HuberLoss.</summary>
    /// <param name="threshold">Where the square turns into a line, in the unit of the targets; positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is not positive and finite.</exception>
    public static Loss Huber(double threshold = 1)
    {
        RangeCheck.Positive(threshold);
        return new Loss(Kind.Huber, OutputReduction.Mean, threshold);
    }

    /// <summary>(1/K) Σ max(τ (y − o), (τ − 1)(y − o)): the outputs estimate a quantile of the target. PyTorch: none; scikit-learn: pinball
    /// loss.</summary>
    /// <param name="quantile">τ, in (0, 1); 0.5 gives half the absolute error.</param>
    /// <exception cref="ArgumentOutOfRangeException">The quantile is not in (0, 1).</exception>
    public static Loss Quantile(double quantile)
    {
        RangeCheck.Require(quantile is > 0 and < 1, quantile, "in (0, 1)");
        return new Loss(Kind.Quantile, OutputReduction.Mean, quantile);
    }

    /// <summary>
    /// Binary cross-entropy in which well-classified rows count little: −(1/K) Σ [y (1 − p)^γ ln p + (1 − y) p^γ ln(1 − p)], with
    /// p = 1 / (1 + e^−o). For rare classes. Source: Lin et al. 2017.
    /// </summary>
    /// <param name="gamma">γ, at least 0 and finite; 0 gives <see cref="BinaryCrossEntropy"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">γ is out of range.</exception>
    public static Loss BinaryFocal(double gamma = 2) => new(Kind.BinaryFocal, OutputReduction.Mean, CheckGamma(gamma));

    /// <summary>
    /// Softmax cross-entropy in which well-classified rows count little: −Σ y (1 − p)^γ ln p, with p = softmax(o). For rare classes.
    /// Source: Lin et al. 2017.
    /// </summary>
    /// <param name="gamma">γ, at least 0 and finite; 0 gives <see cref="SoftmaxCrossEntropy"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">γ is out of range.</exception>
    public static Loss SoftmaxFocal(double gamma = 2) => new(Kind.SoftmaxFocal, OutputReduction.Sum, CheckGamma(gamma));

    /// <summary>The name, with its parameter where it has one.</summary>
    public override string ToString() =>
        _kind is Kind.Huber or Kind.Quantile or Kind.BinaryFocal or Kind.SoftmaxFocal ? $"{_kind}({_parameter})" : _kind.ToString();

    internal LossKernel<T> CreateKernel<T>()
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => _kind switch
        {
            Kind.SquaredError => new ElementwiseLossKernel<T, SquaredError<T>>(default, OutputReduction),
            Kind.HalfSquaredError => new ElementwiseLossKernel<T, HalfSquaredError<T>>(default, OutputReduction),
            Kind.AbsoluteError => new ElementwiseLossKernel<T, AbsoluteError<T>>(default, OutputReduction),
            Kind.Huber => new ElementwiseLossKernel<T, HuberLoss<T>>(new(T.CreateChecked(_parameter)), OutputReduction),
            Kind.Poisson => new ElementwiseLossKernel<T, PoissonLoss<T>>(default, OutputReduction),
            Kind.BinaryCrossEntropy => new ElementwiseLossKernel<T, BinaryCrossEntropy<T>>(default, OutputReduction),
            Kind.Quantile => new ElementwiseLossKernel<T, QuantileLoss<T>>(new(T.CreateChecked(_parameter)), OutputReduction),
            Kind.BinaryFocal => new ElementwiseLossKernel<T, BinaryFocalLoss<T>>(new(T.CreateChecked(_parameter)), OutputReduction),
            Kind.SoftmaxFocal => new SoftmaxFocalKernel<T>(T.CreateChecked(_parameter)),
            _ => new SoftmaxCrossEntropyKernel<T>(),
        };

    /// <exception cref="ArgumentException">The loss cannot be combined with this many outputs or this reduction.</exception>
    internal void Validate(int outputCount)
    {
        if (!IsSoftmax)
            return;
        if (OutputReduction != OutputReduction.Sum)
            throw new ArgumentException($"{_kind} has one loss per row; its OutputReduction cannot be Mean. Leave it at Sum.");
        if (outputCount < 2)
            throw new ArgumentException(
                $"{_kind} needs at least 2 outputs, one per class, and the network has 1. For two classes with one output use "
                    + "BinaryCrossEntropy.");
    }

    private static double CheckGamma(double gamma)
    {
        RangeCheck.NotNegative(gamma);
        return gamma;
    }
}
