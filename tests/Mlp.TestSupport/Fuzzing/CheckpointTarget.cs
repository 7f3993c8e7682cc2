using Mlp.State;

namespace Mlp.TestSupport.Fuzzing;

/// <summary>The checkpoint of a training.</summary>
/// <param name="isLbfgs">Whether of one with L-BFGS, which has another state than one with mini-batches.</param>
public sealed class CheckpointTarget(bool isLbfgs) : FuzzTarget
{
    private const string Difference = "It belongs to another training.";

    private readonly int _stateOffset = CheckpointSamples.Create(isLbfgs).StateOffset;

    /// <inheritdoc/>
    public override string Name => $"checkpoint, {(isLbfgs ? "L-BFGS" : "mini-batches")}";

    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> Samples { get; } = [CheckpointSamples.Bytes(isLbfgs)];

    /// <inheritdoc/>
    public override IEnumerable<Func<byte[]>> EveryDamage() => Samples.SelectMany(ModelFileTarget<float>.EveryDamageTo);

    /// <summary>Mostly to the state: hardly any damage to the settings before it gets past the comparison.</summary>
    public override byte[] Damage(byte[] file, byte[] other, Random random)
    {
        if (random.Next(4) == 0 || file.Length < _stateOffset)
            return ModelFileTarget<float>.DamageFile(file, other, random);
        byte[] state = ByteDamage.Some(file[_stateOffset..], other[Math.Min(other.Length, _stateOffset)..], random);
        return ModelFileBytes.WithBody(file, [.. file[LittleEndianReader.HeaderSize.._stateOffset], .. state]);
    }

    /// <inheritdoc/>
    public override object Read(byte[] file)
    {
        CheckpointSamples.SmallTraining training = CheckpointSamples.Create(isLbfgs);
        try
        {
            training.Read(file);
        }
        catch (InvalidOperationException exception) when (IsDifference(exception.Message))
        {
            // There are as many differences as damages. To a fuzzer, which looks for new messages, they are one.
            throw new InvalidOperationException(Difference);
        }
        return training;
    }

    /// <summary>Takes the training to its end.</summary>
    public override void Use(object content) => ((CheckpointSamples.SmallTraining)content).Run();

    /// <summary>
    /// Where and why, or what differs. A state that is possible, however unlikely, may lead to numbers that are not finite: training says
    /// so, as it does for any other start.
    /// </summary>
    public override Verdict Judge(Exception exception, byte[] file) => exception switch
    {
        ModelFileException damage when damage.Position < 0 || damage.Position > file.Length => Verdict.Broken,
        ModelFileException damage when damage.Message.StartsWith("Checkpoint ", StringComparison.Ordinal) => Verdict.Refusal,
        ModelFileException { Message: "This is not a checkpoint: it does not begin with MLPCHECK." } => Verdict.Refusal,
        InvalidOperationException { Message: Difference } => Verdict.Refusal,
        TrainingDivergedException => Verdict.Refusal,
        _ => Verdict.Broken,
    };

    private static bool IsDifference(string message) =>
        (message.Contains(" was ", StringComparison.Ordinal) && message.Contains(" and is ", StringComparison.Ordinal))
        || message.Contains(" epochs behind it, and NumberOfEpochs is ", StringComparison.Ordinal);
}
