namespace Mlp;

/// <summary>What a layer applies to its pre-activations z = xWᵀ + b, elementwise.</summary>
public enum Activation
{
    /// <summary>z. PyTorch: none; scikit-learn: identity.</summary>
    Identity = 0,

    /// <summary>1 / (1 + e^−z). scikit-learn: logistic.</summary>
    Sigmoid = 1,

    /// <summary>tanh z.</summary>
    Tanh = 2,

    /// <summary>max(0, z), with slope 0 at 0.</summary>
    Relu = 3,

    /// <summary>z above 0, 0.01 z elsewhere.</summary>
    LeakyRelu = 4,

    /// <summary>z above 0, e^z − 1 elsewhere (Clevert et al. 2016).</summary>
    Elu = 5,

    /// <summary>λ z above 0, λα (e^z − 1) elsewhere, with the self-normalizing λ and α (Klambauer et al. 2017).</summary>
    Selu = 6,

    /// <summary>z Φ(z), by the error function, not its tanh approximation (Hendrycks and Gimpel 2016).</summary>
    Gelu = 7,

    /// <summary>z / (1 + e^−z), also called swish (Elfwing et al. 2018).</summary>
    Silu = 8,

    /// <summary>z tanh(ln(1 + e^z)) (Misra 2019).</summary>
    Mish = 9,

    /// <summary>ln(1 + e^z).</summary>
    Softplus = 10,
}
