using System.Numerics;
using Mlp.State;
using Mlp.Training.Checkpoints;

namespace Mlp.Training.Ensembles;

/// <summary>What one of several jobs knows beside its networks: which training they belong to, and what they said of rows they had not
/// seen.</summary>
/// <remarks>
/// In a file, all of it little-endian: the identity (<see cref="TrainingIdentity"/>); int32 number of the part, of all parts, of the
/// networks that are no refits, of the refits, of the training rows, of the targets of a row; byte output link; byte whether there were
/// validation rows; for each network of the part that is no refit int32 rows, −1 where it held nothing out, and that many rows of outputs,
/// of targets and of weights.
/// </remarks>
/// <param name="Identity">Of the training of the whole ensemble.</param>
/// <param name="Part">Which of the jobs.</param>
/// <param name="NetworkCount">Of the whole ensemble, without refits.</param>
/// <param name="RefitCount">Of the whole ensemble.</param>
/// <param name="Outcome">One entry for each network of the whole ensemble that is no refit; null for those of others.</param>
internal sealed record TrainedPart<T>(
    TrainingIdentity Identity, EnsemblePart Part, int NetworkCount, int RefitCount, EnsembleOutcome<T> Outcome)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int MaxNetworkCount = 1_000, NothingHeldOut = -1;

    /// <summary>The indices of its trainings in the whole ensemble, refits last: one for each network, in their order.</summary>
    public int[] Jobs => Part.JobsOf(NetworkCount, RefitCount);

    public void Write(LittleEndianWriter writer)
    {
        Identity.Write(writer);
        foreach (int value in (ReadOnlySpan<int>)
            [Part.Number, Part.Count, NetworkCount, RefitCount, Outcome.RowCount, Outcome.TargetCount])
        {
            writer.WriteInt32(value);
        }
        writer.WriteByte((byte)Outcome.Link);
        writer.WriteBoolean(Outcome.HasValidation);
        foreach (int job in Jobs.Where(job => job < NetworkCount))
        {
            HeldOutOutputs<T>? heldOut = Outcome.HeldOut[job];
            writer.WriteInt32(heldOut?.ExampleWeights.Length ?? NothingHeldOut);
            if (heldOut is null)
                continue;
            writer.WriteValues<T>(heldOut.Outputs);
            writer.WriteValues<T>(heldOut.Targets);
            writer.WriteValues<T>(heldOut.ExampleWeights);
        }
    }

    /// <exception cref="ModelFileException">What the file says is not possible, or not there.</exception>
    public static TrainedPart<T> Read(LittleEndianReader reader)
    {
        var identity = TrainingIdentity.Read(reader);
        reader.StartSection("numbers of the part", 6 * sizeof(int) + 2);
        int number = reader.ReadCount("as the number of the part", 1, MaxNetworkCount);
        int count = reader.ReadCount("parts", number, MaxNetworkCount);
        int networkCount = reader.ReadCount("networks", count, MaxNetworkCount);
        int refitCount = reader.ReadCount("refits", 0, networkCount);
        int rowCount = reader.ReadCount("training rows", 1, int.MaxValue);
        int targetCount = reader.ReadCount("targets", 1, Array.MaxLength);
        var link = (OutputLink)reader.ReadByte();
        if (!Enum.IsDefined(link))
            throw reader.Error($"Part names output link {(int)link}, which does not exist. It is damaged; copy or train it again.");
        bool hasValidation = reader.ReadBoolean("validation rows");
        var part = new EnsemblePart(number, count);
        var heldOut = new HeldOutOutputs<T>?[networkCount];
        foreach (int job in part.JobsOf(networkCount, refitCount).Where(job => job < networkCount))
        {
            reader.StartSection("held-out rows", sizeof(int));
            int rows = reader.ReadCount("held-out rows", NothingHeldOut, hasValidation ? int.MaxValue : rowCount);
            if (rows != NothingHeldOut)
                heldOut[job] = ReadHeldOut(reader, rows, targetCount);
        }
        return new TrainedPart<T>(
            identity, part, networkCount, refitCount, new EnsembleOutcome<T>(link, rowCount, targetCount, hasValidation, heldOut));
    }

    private static HeldOutOutputs<T> ReadHeldOut(LittleEndianReader reader, int rowCount, int targetCount) => new(
        reader.ReadNumbers<T>((long)rowCount * targetCount, "outputs of held-out rows", mayBeInfinite: true),
        reader.ReadValues<T>((long)rowCount * targetCount, "targets of held-out rows"),
        reader.ReadValues<T>(rowCount, "weights of held-out rows"));
}
