using System.Numerics;

namespace Mlp.State;

/// <summary>Goes over the state of a training, field by field: <see cref="StateWriter"/> writes each, <see cref="StateReader"/> replaces
/// it.</summary>
internal abstract class StateExchange
{
    /// <param name="name">For messages, like all names below.</param>
    /// <param name="value">In the range from <paramref name="minimum"/> to <paramref name="maximum"/>.</param>
    /// <param name="minimum">What a file may say at least.</param>
    /// <param name="maximum">What a file may say at most.</param>
    public abstract void Exchange(string name, ref int value, int minimum, int maximum);

    public abstract void Exchange(string name, ref long value);

    public abstract void Exchange(string name, ref double value);

    public abstract void Exchange(string name, ref bool value);

    /// <summary>A number of values that settings, network and rows determine.</summary>
    public abstract void Exchange<T>(string name, Span<T> values)
        where T : unmanaged;

    /// <summary>Parameters of a network, which are finite.</summary>
    public abstract void ExchangeParameters<T>(string name, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>A list whose length the file may say, by what reads and writes all of it.</summary>
    public abstract void Exchange<TItem>(
        List<TItem> items, Func<LittleEndianReader, List<TItem>> read, Action<LittleEndianWriter, IReadOnlyList<TItem>> write);

    /// <summary>Refuses a state that no training can have.</summary>
    public abstract void Check(bool isPossible, string claim);
}
