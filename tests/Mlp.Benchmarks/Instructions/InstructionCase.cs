using System.Runtime.InteropServices;

namespace Mlp.Benchmarks.Instructions;

/// <summary>A small piece of work, always the same, whose instructions are counted.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Run">Does it; calls its argument where the counting begins and where it ends.</param>
internal sealed partial record InstructionCase(string Name, Action<Action> Run)
{
    /// <summary>The child process of the guard: every case in turn, each between two calls of <see cref="Mark"/>.</summary>
    public const string Verb = "instruction-cases";

    /// <summary>The function of the C library whose calls are the marks: callgrind's --dump-before takes its name.</summary>
    public const string MarkName = "getpgrp";

    // What is compiled on its first call is not counted.
    private const int WarmUpSteps = 3;

    public static IReadOnlyList<InstructionCase> All { get; } =
    [
        Training("tabular 30-64-32-1", steps: 40),
        Training("moons 2-50-2 full-batch", steps: 100),
        Training("mnist 784-50-10", steps: 5),
        new("train 28-128-128-1 with a periodic embedding, batch 64", TrainRecipe),
        new("score ten networks 28-128-128-1, a row at a time", mark => Score(rowCount: 1, calls: 10, mark)),
        new("score ten networks 28-128-128-1, 256 rows at once", mark => Score(rowCount: 256, calls: 1, mark)),
    ];

    /// <summary>Runs them all.</summary>
    public static void RunAll()
    {
        foreach (InstructionCase work in All)
            work.Run(Mark);
    }

    private static void Mark() => _ = GetProcessGroup();

    private static InstructionCase Training(string name, int steps) => new($"train {name}", mark =>
    {
        TrainingWorkload workload = TrainingWorkload.All.Single(workload => workload.Name == name);
        Train(
            Network.Create(workload.Sizes, workload.Activation), Engine.Rows(workload), workload.Loss, workload.Optimizer,
            workload.BatchSize, steps, mark);
    });

    /// <summary>A step as the Default and the Fast preset take it on tables of 1,000 rows and more.</summary>
    private static void TrainRecipe(Action mark)
    {
        TrainingWorkload rows = TrainingWorkload.All.Single(workload => workload.Name == "tabular 28-256-256-256-1");
        Train(
            DefaultPrediction.CreateNetwork(seed: 0), Engine.Rows(rows), rows.Loss, new Adam { Beta2 = 0.95 },
            batchSize: 64, steps: 20, mark, dropoutRate: 0.1);
    }

    private static void Train(
        Network<float> network, DenseRows<float> rows, Loss loss, Optimizer optimizer, int batchSize, int steps, Action mark,
        double dropoutRate = 0)
    {
        int step = 0;
        var settings = new TrainingSettings
        {
            Loss = loss,
            Optimizer = optimizer,
            BatchSize = batchSize,
            DropoutRates = [dropoutRate],
            NumberOfEpochs = int.MaxValue,
            NumberOfThreads = 1,
            StepCallback = () =>
            {
                step++;
                if (step == WarmUpSteps || step == WarmUpSteps + steps)
                    mark();
                if (step == WarmUpSteps + steps)
                    throw new WorkDoneException();
            },
        };
        try
        {
            Trainer.Fit(network, rows, settings);
        }
        catch (WorkDoneException)
        {
            // The only way this training ends.
        }
    }

    private static void Score(int rowCount, int calls, Action mark)
    {
        using var predictor = new Predictor<float>(DefaultPrediction.Create(), rowCount, threadCount: 1);
        float[] features = DefaultPrediction.Features(rowCount), outputs = new float[rowCount];
        for (int call = -WarmUpSteps; call < calls; call++)
        {
            if (call == 0)
                mark();
            predictor.Predict(features, outputs);
        }
        mark();
    }

    // Does next to nothing, and the runtime does not call it.
    [LibraryImport("libc", EntryPoint = MarkName)]
    private static partial int GetProcessGroup();

    private sealed class WorkDoneException : Exception;
}
