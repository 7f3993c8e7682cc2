using Mlp.State;

namespace Mlp.Data;

/// <summary>In training, now and then takes a category's value for one that is not known, so that the network learns what to make of
/// those.</summary>
/// <param name="rate">Probability, in (0, 1).</param>
/// <param name="seed">Of the training.</param>
internal sealed class CategoryDropout(double rate, int seed) : ICheckpointed
{
    // Another stream than those of the other draws of a training.
    private readonly RandomSource _random = new(seed ^ 0x5EED_CA7);

    /// <param name="categories">Of all rows of a batch; changed in place.</param>
    public void Apply(Span<int> categories)
    {
        foreach (ref int category in categories)
        {
            if (_random.NextDouble() < rate)
                category = 0;
        }
    }

    public void Exchange(StateExchange state) => _random.Exchange(state);
}
