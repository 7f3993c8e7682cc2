using Microsoft.ML;

namespace Mlp.MLNet.Tests;

public class ScoringDataViewTests
{
    [Fact]
    public void Save_SaysWhatToSaveInstead()
    {
        var ml = new MLContext(seed: 1);
        IDataView data = Moons.View(ml);
        var scored = (ICanSaveModel)ml.BinaryClassification.Trainers.Mlp(Moons.Options(1)).Fit(data).Transform(data);
        var exception = Assert.Throws<NotSupportedException>(() => scored.Save(null!));
        Assert.Equal(
            "A data view with predictions cannot be saved by itself. Save the model with ml.Model.Save, and transform the data again.",
            exception.Message);
    }
}
