using System.Text.Json;

namespace Mlp.Packages.Tests;

/// <summary>
/// A pipeline that trains, evaluates, saves, exports, loads and predicts, in every way that programs are published: docs/hosting.md.
/// </summary>
[Collection(nameof(PackagesCollection))]
public sealed class PublishedPipelineTests(PackedPackages packages, ITestOutputHelper output)
{
    private OrdinaryPrograms Ordinary => packages.Ordinary;

    [Theory]
    [InlineData("single file", "--use-current-runtime --self-contained -p:PublishSingleFile=true")]
    [InlineData("ReadyToRun", "--use-current-runtime --no-self-contained -p:PublishReadyToRun=true")]
    [InlineData("trimmed", "--use-current-runtime --self-contained -p:PublishTrimmed=true -p:PublishSingleFile=true")]
    public void Program_DoesEverything_WithTheBitsOfAnOrdinaryOne(string way, string options)
    {
        var program = new PublishedProgram(packages, $"pipeline-{way}", "Mlp.MLNet", "Pipeline.cs", options);
        Assert.DoesNotContain("MLP000", program.Output);
        string model = program.FileNamed("model.zip");
        Assert.Equal(Ordinary.PipelineAnswer, program.Run("train", OrdinaryPrograms.Table, model).Answer);
        Assert.Equal(Ordinary.PipelineAnswer, program.Run("predict", model).Answer);
        Assert.Equal(Ordinary.PipelineAnswer, program.Run("predict", Ordinary.PipelineModel).Answer);
        Assert.Equal(File.ReadAllBytes(Ordinary.Pipeline.FileNamed("model.onnx")), File.ReadAllBytes(program.FileNamed("model.onnx")));
        output.WriteLine($"{way}: {program.Measure(Ordinary.PipelineModel)}");
    }

    [Fact]
    public void OrdinaryProgram_LoadsInAnotherProcess_AndPublishesWithoutAWarning()
    {
        Assert.DoesNotContain("warning", Ordinary.Pipeline.Output);
        Assert.Equal(Ordinary.PipelineAnswer, Ordinary.Pipeline.Run("predict", Ordinary.PipelineModel).Answer);
        output.WriteLine($"ordinary: {Ordinary.Pipeline.Measure(Ordinary.PipelineModel)}");
    }

    /// <summary>NuGet takes the lowest version of a range, so these tests ran on what the package promises at least.</summary>
    [Theory]
    [InlineData("Microsoft.ML")]
    [InlineData("Microsoft.ML.DataView")]
    [InlineData("Google.Protobuf")]
    public void OrdinaryProgram_RunsOnTheLowestVersionPromised(string package)
    {
        string lowest = BuildFacts.VersionOf(package).Trim('[', ')').Split(',')[0];
        using var dependencies = JsonDocument.Parse(File.ReadAllText(Ordinary.Pipeline.FileNamed("App.deps.json")));
        JsonElement libraries = dependencies.RootElement.GetProperty("libraries");
        Assert.Single(libraries.EnumerateObject(), library => library.Name == $"{package}/{lowest}");
    }

    [Theory]
    [InlineData("-p:PublishAot=true", "error MLP0001: PublishAot is true, and ML.NET does not run", "use the package Mlp instead "
        + "of Mlp.MLNet.")]
    [InlineData("-p:PublishTrimmed=true -p:TrimMode=full", "warning MLP0002: TrimMode is 'full'", "or set it to 'partial'")]
    public void WhatCannotWork_IsSaidAtPublishTime(string options, string problem, string remedy)
    {
        var project = new ConsumerProgram(packages, "pipeline-refused", "Mlp.MLNet", PublishedProgram.ReadSource("Pipeline.cs"));
        string[] arguments = ["msbuild", "-restore", "-t:PrepareForPublish", "-p:UseCurrentRuntimeIdentifier=true", .. options.Split(' ')];
        (int exitCode, string printed) = project.Build(arguments);
        Assert.Contains(problem, printed);
        Assert.Contains(remedy, printed);
        Assert.Equal(problem.StartsWith("error", StringComparison.Ordinal), exitCode != 0);
    }
}
