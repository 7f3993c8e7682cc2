using Mlp.Schedules;

namespace Mlp.Tests.Schedules;

/// <summary>What a schedule says, step by step.</summary>
internal static class ScheduleRates
{
    /// <summary>Rates of the first steps, for an optimizer's rate of 1.</summary>
    public static double[] Of(LearningRateSchedule schedule, int stepsPerEpoch, int numberOfEpochs)
    {
        ScheduleState state = schedule.Start(new ScheduleLength(1, stepsPerEpoch, numberOfEpochs));
        return [.. Enumerable.Range(0, stepsPerEpoch * numberOfEpochs).Select(step => state.At(step).LearningRate)];
    }

    public static bool Close(double expected, double actual) => Math.Abs(expected - actual) < 1e-15;

    public static void AssertRefused(LearningRateSchedule schedule, string message)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(schedule.Validate);
        Assert.StartsWith(message, exception.Message);
        Assert.Equal(message.Split(' ')[0], exception.ParamName);
        // A training refuses it, too, before it starts.
        Assert.Throws<ArgumentOutOfRangeException>(new TrainingSettings { Loss = Loss.SquaredError, Schedule = schedule }.Validate);
    }
}
