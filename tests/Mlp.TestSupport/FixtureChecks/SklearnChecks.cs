using System.Numerics;

namespace Mlp.TestSupport;

/// <summary>sklearn-mlp.json: scikit-learn's fits, from its own first weights.</summary>
public static class SklearnChecks
{
    /// <summary>A case per run.</summary>
    public static IEnumerable<FixtureCase> Cases() => Fixtures.Sklearn.Runs.Select(run => new FixtureCase(
        "sklearn-mlp", run.Id, check => Run<double>(run, check), check => Run<float>(run, check)));

    private static void Run<T>(SklearnRun run, FixtureCheck check)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var fit = new SklearnFit<T>(run, run.InitialWeights);
        double tolerance = FixtureCheck.Allowed<T>(1e-12, 1e-5);
        check.Close("initial penalty", fit.Penalty(), run.Initial.Penalty, tolerance);
        check.Close("initial objective", fit.Objective(), run.Initial.Objective, tolerance);
        check.Close<double>("initial gradient", fit.Network.Parameters.Tensors, fit.Gradient(), run.Initial.Gradient, tolerance);

        if (run.Solver == "adam")
            FollowAdam(run, fit, check);
        else
            MinimizeWithLbfgs(run, fit, check);

        // What scikit-learn says of its own final weights.
        var final = new SklearnFit<T>(run, run.FinalWeights);
        check.Close("objective at the final weights", final.Objective(), run.FinalObjective, tolerance);
        check.Close("gradient at the final weights", final.Gradient().Max(Math.Abs), run.FinalGradientMaxAbs, tolerance);
        final.CompareScores(check, FixtureCheck.Allowed<T>(1e-12, 1e-4));
    }

    private static void FollowAdam<T>(SklearnRun run, SklearnFit<T> fit, FixtureCheck check)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (double curveTolerance, double weightTolerance) = (FixtureCheck.Allowed<T>(1e-11, 1e-4), FixtureCheck.Allowed<T>(1e-9, 2e-2));
        var penalties = new List<double>();
        TrainingResult result = Trainer.Fit(fit.Network, fit.Rows, fit.Settings with
        {
            Optimizer = new Adam
            {
                LearningRate = run.HyperParameters.LearningRate,
                Beta1 = run.HyperParameters.Beta1,
                Beta2 = run.HyperParameters.Beta2,
                Epsilon = run.HyperParameters.Epsilon,
                UncorrectedEpsilon = true,
            },
            NumberOfEpochs = run.Iterations,
            StepCallback = () => penalties.Add(fit.Penalty()),
        });
        double[] curve = [.. result.History.Zip(penalties, (report, penalty) => report.Loss + penalty)];
        check.Close<double>("loss curve", curve, run.LossCurve!, curveTolerance);
        check.Close("final loss", curve[^1], run.FinalLoss, curveTolerance);
        check.Close("final objective", fit.Objective(), run.FinalObjective, curveTolerance);
        check.Parameters("final weights", fit.Network, run.FinalWeights, weightTolerance);
        check.Close("final gradient", fit.Gradient().Max(Math.Abs), run.FinalGradientMaxAbs, weightTolerance);
        fit.CompareScores(check, curveTolerance);
    }

    /// <summary>The path depends on the line search; the minimum does not.</summary>
    private static void MinimizeWithLbfgs<T>(SklearnRun run, SklearnFit<T> fit, FixtureCheck check)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        check.Close("first evaluation", fit.Objective(), run.ObjectiveAtEachEvaluation![0], FixtureCheck.Allowed<T>(1e-12, 1e-5));
        Trainer.Fit(
            fit.Network, fit.Rows, fit.Settings with { Optimizer = new Lbfgs { GradientTolerance = 1e-10 }, NumberOfEpochs = run.MaxIter });
        double objective = fit.Objective();
        if (run.Id.EndsWith("-200"))
        {
            check.Close("final objective", objective, run.FinalObjective, FixtureCheck.Allowed<T>(1e-6, 1e-4));
            return;
        }
        // Cut off on the way down: as low as any of the other methods within the same number of iterations, and not below the minimum.
        double[] others = [run.FinalObjective, .. run.OtherMethods!.Select(other => other.Objective)];
        double margin = FixtureCheck.Allowed<T>(1e-6, 1e-4);
        if (!(objective >= others.Min() - margin && objective <= others.Max() + margin))
            throw new CheckFailedException(
                $"The objective is {objective} after {run.MaxIter} iterations; other methods end between {others.Min()} and "
                    + $"{others.Max()}.");
        check.Add(0, 1, others.Length);
    }
}
