using System.Globalization;

namespace Mlp.Packages.Tests;

/// <summary>The engine alone, trimmed and as native code: docs/hosting.md.</summary>
[Collection(nameof(PackagesCollection))]
public sealed class PublishedEngineTests(PackedPackages packages, ITestOutputHelper output)
{
    private OrdinaryPrograms Ordinary => packages.Ordinary;

    [Fact]
    public void OrdinaryProgram_LoadsInAnotherProcess()
    {
        Assert.Equal(Ordinary.EngineAnswer, Ordinary.Engine.Run("predict", Ordinary.EngineModel).Answer);
        output.WriteLine($"engine, ordinary: {Ordinary.Engine.Measure(Ordinary.EngineModel)}");
    }

    [Fact]
    public void Trimmed_GivesTheSameBits()
    {
        PublishedProgram program = Publish(
            "trimmed", "--use-current-runtime --self-contained -p:PublishTrimmed=true -p:PublishSingleFile=true");
        Assert.Equal(Ordinary.EngineAnswer, TrainAndLoad(program));
    }

    [NativeAotFact]
    public void NativeAot_ForThisProcessor_GivesTheSameBits()
    {
        PublishedProgram program = Publish(
            "native AOT for this processor", "--use-current-runtime -p:PublishAot=true -p:IlcInstructionSet=native");
        Assert.Equal(Ordinary.EngineAnswer, TrainAndLoad(program));
    }

    /// <summary>Without the wide vector instructions of this processor the last digits are others.</summary>
    [NativeAotFact]
    public void NativeAot_ForAnyProcessor_TrainsAndLoads()
    {
        PublishedProgram program = Publish("native AOT", "--use-current-runtime -p:PublishAot=true");
        double expected = double.Parse(Ordinary.EngineAnswer, CultureInfo.InvariantCulture);
        // A logit near -22; 50 epochs in float were seen to differ by 2e-6.
        Assert.Equal(expected, double.Parse(TrainAndLoad(program), CultureInfo.InvariantCulture), 1e-3);
    }

    private PublishedProgram Publish(string way, string options)
    {
        var program = new PublishedProgram(packages, $"engine-{way}", "Mlp", "Engine.cs", options);
        Assert.DoesNotContain("warning", program.Output);
        output.WriteLine($"engine, {way}: {program.Measure(Ordinary.EngineModel)}");
        return program;
    }

    private static string TrainAndLoad(PublishedProgram program)
    {
        string model = program.FileNamed("model.mlp"), answer = program.Run("train", model).Answer;
        Assert.Equal(answer, program.Run("predict", model).Answer);
        return answer;
    }
}
