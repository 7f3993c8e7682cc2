using System.Globalization;
using Mlp.TestSupport.Fuzzing;

namespace Mlp.Soak.Files;

/// <summary>Damaged files end in a clean exception or a model, in time and within memory.</summary>
internal sealed class FilesPart : ISoakPart
{
    // A target of one's own is a line here: what it is, and its part of the time.
    private static readonly (Func<FuzzTarget> Create, double Share)[] Targets =
    [
        (() => new ModelFileTarget<float>(canSeek: true), 1),
        (() => new ModelFileTarget<double>(canSeek: true), 1),
        (() => new ModelFileTarget<float>(canSeek: false), 1),
        (() => new CheckpointTarget(isLbfgs: false), 1),
        (() => new CheckpointTarget(isLbfgs: true), 1),
        (() => new SafeTensorsTarget<float>(canSeek: true), 1),
        (() => new SafeTensorsTarget<double>(canSeek: false), 1),
        (() => new ModelZipTarget(), 9),
    ];

    public string Name => "files";

    public double Share => 5;

    public IEnumerable<SoakResult> Run(SoakRun run)
    {
        double totalShare = Targets.Sum(target => target.Share);
        foreach ((Func<FuzzTarget> create, double share) in Targets)
        {
            FuzzTarget target = create();
            // Less than a second goes by before the code is compiled.
            var time = TimeSpan.FromSeconds(Math.Max(1, run.Time.TotalSeconds * share / totalShare));
            var limits = new FuzzLimits(time, ThreadCount: Environment.ProcessorCount);
            FuzzReport report = new Fuzzer(target, run.Seed).Run(limits);
            foreach (FuzzFailure failure in report.Failures)
                run.SaveFailure($"{target.Name}: {failure.Reason}", failure.Input);
            foreach ((string shape, long count) in report.Shapes.OrderBy(shape => shape.Key))
                Console.Error.WriteLine($"  {count,10:N0}  {shape}");
            string foreign = report.ForeignCount == 0 ? "" : $", {report.ForeignCount:N0} ended in exceptions of Microsoft.ML's own";
            string remark = string.Create(
                CultureInfo.InvariantCulture,
                $"{report.InputCount / report.Seconds:N0} per second; {report.AcceptedCount:N0} were models, {report.RefusedCount:N0} "
                    + $"refused in {report.Shapes.Count:N0} ways{foreign}");
            yield return new SoakResult($"Damaged files are refused or are models: {target.Name}", "inputs", report.InputCount,
                report.Failures.Count, report.Seconds, remark);
        }
    }
}
