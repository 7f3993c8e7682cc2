using System.Numerics;
using Mlp.State;

namespace Mlp.Optimizers;

/// <summary>What an optimizer knew of a network's parameters when a training ended, for one that goes on from it.</summary>
/// <remarks>In a file: the bytes of the optimizer's text (int32) and the text, UTF-8; int64 steps; int32 tensors, int32 parameters of each;
/// int32 bytes of the state, and the state as the optimizer exchanges it.</remarks>
/// <param name="Optimizer">Which one, with its hyper-parameters but the learning rate.</param>
/// <param name="StepCount">Steps so far.</param>
/// <param name="TensorLengths">Parameters of each tensor of the network.</param>
/// <param name="State">As its state exchanges it.</param>
internal sealed record OptimizerMoments(string Optimizer, long StepCount, int[] TensorLengths, byte[] State)
{
    private const int MaxTextBytes = 10_000, MaxTensorCount = 100_000;

    /// <param name="optimizer">Whose state it is.</param>
    /// <param name="state">Not changed.</param>
    /// <param name="stepCount">Steps so far.</param>
    /// <param name="parameters">Of the network.</param>
    public static OptimizerMoments Of<T>(Optimizer optimizer, OptimizerState<T> state, long stepCount, ParameterBlock<T> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        using var bytes = new MemoryStream();
        state.Exchange(new StateWriter(new LittleEndianWriter(bytes)));
        return new OptimizerMoments(
            NameOf(optimizer), stepCount, [.. parameters.Tensors.Select(tensor => tensor.Length)], bytes.ToArray());
    }

    /// <summary>Gives a fresh state what is known here, as far as it fits: another optimizer begins anew.</summary>
    /// <param name="optimizer">Of the training that goes on.</param>
    /// <param name="state">Fresh; changed.</param>
    /// <param name="parameters">Of its network. Its tensors may have grown: what was added begins anew.</param>
    /// <returns>Steps so far; 0 where nothing was taken.</returns>
    /// <exception cref="ModelFileException">The state is damaged.</exception>
    public long GiveTo<T>(Optimizer optimizer, OptimizerState<T> state, ParameterBlock<T> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool fits = NameOf(optimizer) == Optimizer && TensorLengths.Length == parameters.Tensors.Count
            && TensorLengths.Zip(parameters.Tensors).All(pair => pair.First <= pair.Second.Length);
        if (!fits)
            return 0;
        var reader = new LittleEndianReader(new MemoryStream(State), "State of the optimizer");
        reader.StartBody(State.Length);
        var places = TensorLengths.Zip(parameters.Tensors, (length, tensor) => (tensor.Offset, length));
        state.Exchange(new GrownStateReader(reader, parameters.Values.Length, [.. places]));
        return StepCount;
    }

    public void Write(LittleEndianWriter writer)
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes(Optimizer);
        writer.WriteInt32(text.Length);
        writer.Write(text);
        writer.WriteInt64(StepCount);
        writer.WriteInt32(TensorLengths.Length);
        foreach (int length in TensorLengths)
            writer.WriteInt32(length);
        writer.WriteInt32(State.Length);
        writer.Write(State);
    }

    /// <exception cref="ModelFileException">What the file says is not possible, or not there.</exception>
    public static OptimizerMoments Read(LittleEndianReader reader)
    {
        reader.StartSection("name of the optimizer", sizeof(int));
        byte[] text = ReadBytes(reader, "name of the optimizer", MaxTextBytes);
        reader.StartSection("steps of the optimizer", sizeof(long) + sizeof(int));
        long steps = reader.ReadInt64();
        if (steps < 0)
            throw reader.Error($"{reader.Kind} claims {steps:N0} steps. It is damaged; save or transfer it again.");
        int count = reader.ReadCount("tensors", 0, MaxTensorCount);
        reader.StartSection("tensors", (long)count * sizeof(int));
        var lengths = new int[count];
        for (int index = 0; index < count; index++)
            lengths[index] = reader.ReadCount("parameters of a tensor", 0, Array.MaxLength);
        reader.StartSection("state of the optimizer", sizeof(int));
        return new OptimizerMoments(
            System.Text.Encoding.UTF8.GetString(text), steps, lengths, ReadBytes(reader, "state of the optimizer", Array.MaxLength));
    }

    /// <summary>How far a step goes is the training's matter; what the moments mean depends on the rest.</summary>
    private static string NameOf(Optimizer optimizer) => $"{optimizer with { LearningRate = 1e-3, WeightDecay = 0 }}";

    private static byte[] ReadBytes(LittleEndianReader reader, string name, int most)
    {
        int length = reader.ReadCount($"bytes of the {name}", 0, most);
        reader.StartSection(name, length);
        return reader.ReadBytes(length);
    }

    /// <summary>Reads arrays that are laid out like the parameters were, into those that are laid out like the parameters are.</summary>
    /// <param name="reader">At the state.</param>
    /// <param name="parameterCount">By now.</param>
    /// <param name="places">Where each tensor begins by now, and how many values it had.</param>
    private sealed class GrownStateReader(LittleEndianReader reader, int parameterCount, (int Start, int Length)[] places) : StateExchange
    {
        private readonly StateReader _plain = new(reader);

        public override void Exchange(string name, ref int value, int minimum, int maximum) =>
            _plain.Exchange(name, ref value, minimum, maximum);

        public override void Exchange(string name, ref long value) => _plain.Exchange(name, ref value);

        public override void Exchange(string name, ref double value) => _plain.Exchange(name, ref value);

        public override void Exchange(string name, ref bool value) => _plain.Exchange(name, ref value);

        public override void Exchange<T>(string name, Span<T> values)
        {
            if (values.Length != parameterCount)
            {
                _plain.Exchange(name, values);
                return;
            }
            foreach ((int start, int length) in places)
                _plain.Exchange(name, values.Slice(start, length));
        }

        public override void ExchangeParameters<T>(string name, Span<T> values) => Exchange(name, values);

        public override void Exchange<TItem>(
            List<TItem> items, Func<LittleEndianReader, List<TItem>> read, Action<LittleEndianWriter, IReadOnlyList<TItem>> write) =>
            _plain.Exchange(items, read, write);

        public override void Check(bool isPossible, string claim) => _plain.Check(isPossible, claim);
    }
}
