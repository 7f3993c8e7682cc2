using Mlp.MLNet.Tasks;

namespace Mlp.MLNet.Tests;

public class TaskDefinitionTests
{
    [Theory]
    [InlineData(OutputLink.Sigmoid, 1, "binary classification")]
    [InlineData(OutputLink.Sigmoid, 3, "multi-label classification")]
    [InlineData(OutputLink.Softmax, 1, "multiclass classification")]
    [InlineData(OutputLink.Softmax, 3, "multiclass classification")]
    [InlineData(OutputLink.Identity, 1, "regression")]
    [InlineData(OutputLink.Identity, 3, "regression")]
    [InlineData(OutputLink.Exponential, 1, "regression")]
    [InlineData(OutputLink.Exponential, 3, "regression")]
    public void ANetworkWithoutATrainer_IsTakenForOneTask(OutputLink link, int outputCount, string task) => Assert.Equal(
        task, new MlpModelParameters(
            new Model<float>(Network<float>.Create(2, [Layer.Dense(outputCount)]), scaling: null, link)).Task.Name);

    [Fact]
    public void EveryTrainer_HasATaskOfItsOwn_WithAFileOfItsOwn()
    {
        TaskDefinition[] tasks = [.. typeof(TaskDefinition).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(TaskDefinition))).Select(type => (TaskDefinition)Activator.CreateInstance(type)!)];
        Assert.Equal(
            ["binary classification", "multi-label classification", "multiclass classification", "regression"],
            tasks.Select(task => task.Name).Order());
        Assert.All(tasks, task => Assert.Equal(8, task.ModelSignature.Length));
        Assert.Equal(tasks.Length, tasks.Select(task => task.ModelSignature).Distinct().Count());
        Assert.Equal(tasks.Length, tasks.Select(task => task.LoaderSignature).Distinct().Count());
    }
}
