using System.Numerics;

namespace Mlp.Training.Ensembles;

/// <summary>Puts the networks that several jobs trained together to what one process would have trained.</summary>
/// <param name="parts">What was trained; taken for one part each, in any order.</param>
internal sealed class PartsOfEnsemble<T>(IReadOnlyList<(string Name, TrainedPart<T> Part, Model<T> Model)> parts)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // The most names in a message.
    private const int MostNames = 10;

    /// <summary>The model of the whole ensemble, bit for bit.</summary>
    /// <exception cref="InvalidOperationException">Parts are missing, there twice, or of several trainings; the message names
    /// them.</exception>
    /// <exception cref="ModelFileException">A part holds other networks than it says.</exception>
    public Model<T> Join()
    {
        var (firstName, first, frame) = parts[0];
        foreach (var (name, part, model) in parts)
            CheckSameTraining(firstName, first, frame, name, part, model);
        CheckComplete(first.Part.Count);
        var networks = new Network<T>[first.NetworkCount + first.RefitCount];
        var history = new List<EpochResult>[networks.Length];
        var heldOut = new HeldOutOutputs<T>?[first.NetworkCount];
        foreach (var (name, part, model) in parts)
        {
            int[] jobs = part.Jobs;
            CheckNetworks(name, jobs, model);
            for (int index = 0; index < jobs.Length; index++)
            {
                int job = jobs[index];
                networks[job] = model.Networks[index];
                history[job] = [.. model.History.Where(report => report.NetworkIndex == job)];
                if (job < heldOut.Length)
                    heldOut[job] = part.Outcome.HeldOut[job];
            }
        }
        CheckHeldOut(heldOut, first.Outcome.HasValidation);
        double temperature = (first.Outcome with { HeldOut = heldOut }).FindTemperature(checkCancellation: null);
        return new Model<T>(networks, frame.Scaling, frame.Link, [.. history.SelectMany(reports => reports)])
        {
            Layout = frame.Layout,
            Middles = frame.Middles,
            SparseScaling = frame.SparseScaling,
            Temperature = temperature,
            Range = frame.Range,
        };
    }

    private static void CheckSameTraining(
        string firstName, TrainedPart<T> first, Model<T> frame, string name, TrainedPart<T> part, Model<T> model)
    {
        string? difference = part.Identity.DifferenceFrom(first.Identity);
        bool hasSameCounts = (part.Part.Count, part.NetworkCount, part.RefitCount)
            == (first.Part.Count, first.NetworkCount, first.RefitCount)
            && part.Outcome with { HeldOut = first.Outcome.HeldOut } == first.Outcome;
        if (difference is null && hasSameCounts && ModelFile.FrameChecksum(model) == ModelFile.FrameChecksum(frame))
            return;
        throw new InvalidOperationException(
            $"'{name}' is part of another training than '{firstName}': {difference ?? "their networks are of other shapes or scalings."} "
                + "Train all parts with the same command on the same table, and join those.");
    }

    private void CheckComplete(int count)
    {
        var byNumber = new SortedDictionary<int, string>();
        foreach (var (name, part, _) in parts)
        {
            if (!byNumber.TryAdd(part.Part.Number, name))
            {
                throw new InvalidOperationException(
                    $"'{byNumber[part.Part.Number]}' and '{name}' are both part {part.Part}. Give each part once.");
            }
        }
        string[] missing = [.. Enumerable.Range(1, count).Where(number => !byNumber.ContainsKey(number))
            .Select(number => $"{number}/{count}")];
        if (missing.Length > 0)
        {
            throw new InvalidOperationException(
                $"{(missing.Length == 1 ? "Part" : "Parts")} {string.Join(", ", missing.Take(MostNames))}"
                    + $"{(missing.Length > MostNames ? ", ..." : "")} of the training {(missing.Length == 1 ? "is" : "are")} missing; "
                    + $"{parts.Count:N0} of {count:N0} are there. Train {(missing.Length == 1 ? "it" : "them")}, and join all of them.");
        }
    }

    private static void CheckNetworks(string name, int[] jobs, Model<T> model)
    {
        if (model.Networks.Count != jobs.Length || model.History.Any(epoch => !jobs.Contains(epoch.NetworkIndex)))
        {
            throw new ModelFileException(
                $"'{name}' holds {model.Networks.Count:N0} networks where its part has {jobs.Length:N0}, or epochs of others. It is "
                    + "damaged; copy or train it again.", position: 0);
        }
    }

    /// <summary>Checks that all parts held rows out or none did, and as many validation rows where there were some.</summary>
    private static void CheckHeldOut(HeldOutOutputs<T>?[] heldOut, bool hasValidation)
    {
        bool agree = heldOut.All(part => part is null == heldOut[0] is null
            && (!hasValidation || part?.ExampleWeights.Length == heldOut[0]?.ExampleWeights.Length));
        if (!agree)
            throw new ModelFileException("The parts held out other rows than each other says. Train them again.", position: 0);
    }
}
