using System.Numerics;
using Mlp.Numerics;
using Mlp.State;

namespace Mlp;

/// <summary>When to stop because the validation loss no longer falls. The parameters of the best epoch are restored.</summary>
public sealed record EarlyStopping
{
    /// <summary>No early stopping: all epochs are trained and no rows are held out. Its other members mean nothing.</summary>
    public static EarlyStopping None { get; } = new() { IsNone = true };

    /// <summary>Epochs without improvement that are still accepted, at least 1. Default: 10. scikit-learn: n_iter_no_change.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>The least fall of the validation loss that counts, at least 0. Default: 0. scikit-learn: tol.</summary>
    public double MinimumImprovement { get; init; }

    /// <summary>Name and values, whatever the culture.</summary>
    public override string ToString() => RecordText.Of(GetType().Name, PrintMembers);

    internal bool IsNone { get; private init; }

    internal void Validate()
    {
        RangeCheck.AtLeast(1, Patience);
        RangeCheck.NotNegative(MinimumImprovement);
    }
}

/// <summary>Counts epochs without improvement and keeps the best parameters.</summary>
internal sealed class BestParameters<T>(EarlyStopping settings, Network<T> network) : ICheckpointed
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _parameters = network.Parameters.Values.ToArray();
    private double _loss = double.PositiveInfinity;
    private int _epoch, _epochsSince;

    /// <summary>The epoch whose parameters are kept; 0 before the first.</summary>
    public int Epoch => _epoch;

    /// <summary>Looks at an epoch's validation loss; false when patience is at its end.</summary>
    public bool Continue(int epoch, double validationLoss)
    {
        // A smaller improvement does not renew the patience, but its parameters are the better ones all the same.
        bool renewed = validationLoss < _loss - settings.MinimumImprovement;
        _epochsSince = renewed ? 0 : _epochsSince + 1;
        if (validationLoss < _loss)
        {
            _loss = validationLoss;
            _epoch = epoch;
            network.Parameters.Values.CopyTo(_parameters);
        }
        return _epochsSince < settings.Patience;
    }

    public void Exchange(StateExchange state)
    {
        state.ExchangeParameters("best parameters", _parameters.AsSpan());
        state.Exchange("lowest validation loss", ref _loss);
        state.Exchange("number of the best epoch", ref _epoch, 0, int.MaxValue);
        state.Exchange("epochs without improvement", ref _epochsSince, 0, int.MaxValue - 1);
    }

    public void Restore() => _parameters.CopyTo(network.Parameters.Values);
}
