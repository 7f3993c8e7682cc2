namespace Mlp.Packages.Tests;

/// <summary>
/// The programs as dotnet publish makes them without an option, and the models that they trained: what the other ways are compared with.
/// </summary>
internal sealed class OrdinaryPrograms
{
    public OrdinaryPrograms(PackedPackages packages)
    {
        Pipeline = new PublishedProgram(packages, "pipeline-ordinary", "Mlp.MLNet", "Pipeline.cs", "--no-self-contained");
        PipelineModel = Pipeline.FileNamed("model.zip");
        PipelineAnswer = Pipeline.Run("train", Table, PipelineModel).Answer;
        Engine = new PublishedProgram(packages, "engine-ordinary", "Mlp", "Engine.cs", "--no-self-contained");
        EngineModel = Engine.FileNamed("model.mlp");
        EngineAnswer = Engine.Run("train", EngineModel).Answer;
    }

    public static string Table => BuildFacts.Path("samples/data/breast_cancer.csv");

    public string PipelineModel { get; }

    public string PipelineAnswer { get; }

    public string EngineModel { get; }

    public string EngineAnswer { get; }

    public PublishedProgram Pipeline { get; }

    public PublishedProgram Engine { get; }
}
