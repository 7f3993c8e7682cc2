namespace Mlp.Optimizers;

/// <summary>What a schedule says for one step.</summary>
/// <param name="LearningRate">The step size.</param>
/// <param name="Momentum">Stands for the optimizer's momentum (Adam: β₁); null leaves it as set.</param>
internal readonly record struct StepRates(double LearningRate, double? Momentum = null);
