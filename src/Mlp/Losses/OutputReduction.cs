namespace Mlp;

/// <summary>How the loss of a row combines the losses of its outputs.</summary>
public enum OutputReduction
{
    /// <summary>Their mean: ∂loss/∂o is divided by the number of outputs.</summary>
    Mean = 0,

    /// <summary>Their sum.</summary>
    Sum = 1,
}
