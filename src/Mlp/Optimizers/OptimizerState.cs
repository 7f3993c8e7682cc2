using System.Numerics;
using Mlp.Numerics;
using Mlp.State;

namespace Mlp.Optimizers;

/// <summary>The moments of one training, laid out like the parameters, and the update that uses them.</summary>
internal abstract class OptimizerState<T> : ICheckpointed
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Shares the update of many parameters.</summary>
    public ThreadTeam Team { get; set; } = ThreadTeam.Single;

    /// <summary>One update of all parameters in place.</summary>
    /// <param name="parameters">Changed.</param>
    /// <param name="gradients">∂objective/∂parameters, same layout.</param>
    /// <param name="rates">What the schedule says for this step.</param>
    /// <param name="step">1 for the first step of the training.</param>
    public abstract void Step(Span<T> parameters, ReadOnlySpan<T> gradients, StepRates rates, long step);

    public abstract void Exchange(StateExchange state);

    private protected void Run<TLoop>(TLoop loop, int count)
        where TLoop : struct, IVectorLoop<T>, allows ref struct => VectorLoop.Run<T, TLoop>(loop, count, Team);
}
