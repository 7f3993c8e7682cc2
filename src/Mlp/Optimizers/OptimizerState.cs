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
    public void Step(Span<T> parameters, ReadOnlySpan<T> gradients, StepRates rates, long step)
    {
        Begin(rates, step);
        Update(parameters, gradients, start: 0);
    }

    /// <summary>Goes to the next step; its updates follow, each parameter at most once.</summary>
    /// <remarks>
    /// A parameter without an update in a step keeps its value and its moments: those of a table's row count the steps in which the row
    /// occurred, while corrections for the first steps count all. (PyTorch: SparseAdam.) Plain gradient descent, which has no moments, is
    /// the same either way.
    /// </remarks>
    /// <inheritdoc cref="Step" path="/param"/>
    public abstract void Begin(StepRates rates, long step);

    /// <summary>Updates some parameters in place.</summary>
    /// <param name="parameters">Changed.</param>
    /// <param name="gradients">As many.</param>
    /// <param name="start">Where they lie in all parameters.</param>
    public abstract void Update(Span<T> parameters, ReadOnlySpan<T> gradients, int start);

    public abstract void Exchange(StateExchange state);

    private protected void Run<TLoop>(TLoop loop, int count)
        where TLoop : struct, IVectorLoop<T>, allows ref struct => VectorLoop.Run<T, TLoop>(loop, count, Team);
}
