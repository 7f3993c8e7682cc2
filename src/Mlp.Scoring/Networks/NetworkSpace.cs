using Mlp.Numerics;

namespace Mlp.Scoring.Networks;

/// <summary>Room for the forward pass of some rows.</summary>
internal sealed class NetworkSpace
{
    private readonly ulong[] _flags;

    public NetworkSpace(NetworkShape shape, Network network, int maxRowCount)
    {
        InputStride = LaneWidth.RoundUp(shape.InputCount);
        Inputs = new AlignedArray(checked(InputStride * maxRowCount));
        First = new AlignedArray(checked(network.LargestWidth * maxRowCount));
        Second = new AlignedArray(shape.Layers.Length > 1 ? network.LargestWidth * maxRowCount : 0);
        Scratch = new AlignedArray(network.ScratchLength);
        _flags = new ulong[FlagWords(shape.Layers.Max(layer => layer.Inputs))];
    }

    /// <summary>From row to row of the inputs.</summary>
    public int InputStride { get; }

    public AlignedArray Inputs { get; }

    /// <summary>What every other layer gives.</summary>
    public AlignedArray First { get; }

    /// <summary>What the layers between give.</summary>
    public AlignedArray Second { get; }

    public AlignedArray Scratch { get; }

    /// <summary>Room for a flag of each input of a layer.</summary>
    public Span<ulong> FlagsOf(int inputCount) => _flags.AsSpan(0, FlagWords(inputCount));

    private static int FlagWords(int count) => (count + NonZeros.FlagsPerWord - 1) / NonZeros.FlagsPerWord;
}
