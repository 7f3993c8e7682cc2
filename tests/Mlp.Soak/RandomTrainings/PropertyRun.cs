using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Mlp.Soak.RandomTrainings;

/// <summary>
/// The property of all trainings: whatever the options that validation accepts and whatever the rows, a training gives a model of finite
/// parameters, or says why not; it does not crash, hang or give numbers of no use.
/// </summary>
public static class PropertyRun
{
    /// <summary>Tries random cases, the same ones for the same seed.</summary>
    /// <param name="caseCount">At least 1.</param>
    /// <param name="seed">Of the cases.</param>
    /// <returns>How many cases had which outcome.</returns>
    /// <exception cref="Exception">A case broke the promise; the message has it, made as simple as it can be made.</exception>
    public static IReadOnlyDictionary<CaseOutcome, int> Run(int caseCount, ulong seed)
    {
        var outcomes = new SortedDictionary<CaseOutcome, int>();
        // A case that fails is run again in simpler forms, which are not counted twice: the run ends with it.
        Property property = Prop.ForAll(Arb.From(Cases.Any, SimplerCases.Of), training =>
        {
            CaseOutcome outcome = CaseRun.Run(training);
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;
        });
        Config config = Config.QuickThrowOnFailure.WithMaxTest(caseCount).WithQuietOnSuccess(true)
            .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(seed), FSharpOption<int>.None)));
        Check.One(config, property);
        return outcomes;
    }
}
