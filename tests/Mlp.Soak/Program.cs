using Mlp.Soak;
using Mlp.Soak.Concurrency;
using Mlp.Soak.Files;
using Mlp.Soak.Kill;
using Mlp.Soak.RandomTrainings;
using Mlp.Soak.Serving;

// A process that is there to be killed, or watched, by another one.
switch (args)
{
    case [TrainChild.Verb, ..]:
        return TrainChild.Run(args);
    case [SaveChild.Verb, string path]:
        return SaveChild.Run(path);
    case [EndlessRowsChild.Verb, _, _]:
        return EndlessRowsChild.Run(args);
}

// Every promise of docs/reliability.md that wants more time than a test has. A new one is a line here.
ISoakPart[] parts = [new FilesPart(), new ScoringPart(), new HotSwapPart(), new FitsPart(), new RandomTrainingsPart(), new KillPart(),
    new DeterminismPart(), new ServingPart()];

if (SoakOptions.Parse(args, parts) is not SoakOptions options)
{
    Console.Error.WriteLine(SoakOptions.Usage(parts));
    return 2;
}
ISoakPart[] chosen = [.. parts.Where(part => options.Only.Length == 0 || options.Only.Contains(part.Name))];
double totalShare = chosen.Sum(part => part.Share);
var results = new List<SoakResult>();
foreach (ISoakPart part in chosen)
{
    var run = new SoakRun(part.Name, options.Seed, options.FailureFolder, options.Time * (part.Share / totalShare));
    Console.Error.WriteLine($"{part.Name}: {run.Time.TotalSeconds:N0} seconds, seed {run.Seed}");
    results.AddRange(part.Run(run));
}
Console.WriteLine(SoakTable.Markdown(results));
if (options.JsonPath is not null)
    File.WriteAllText(options.JsonPath, SoakTable.Json(options, results));
return results.Exists(result => result.FailureCount > 0) ? 1 : 0;
