using Microsoft.ML;
using Microsoft.ML.Data;
using Mlp.MLNet.Interop;
using Mlp.MLNet.Scoring;
using Mlp.Models.Intervals;

namespace Mlp.MLNet.Tasks;

/// <summary>PredictedLabelSet: of each class whether it is in the set that holds the true one with the asked probability.</summary>
/// <remarks>Slots have the names of the classes, as those of a multiclass Score. The annotation Levels has the level.</remarks>
internal static class LabelSetColumn
{
    public const string Name = "PredictedLabelSet", Levels = "Levels";

    /// <param name="classes">The annotations that the classes give to vectors of them.</param>
    public static SchemaShape.Column Shape(IEnumerable<SchemaShape.Column> classes) => MLNetInternals.CreateVectorColumn(
        Name, BooleanDataViewType.Instance,
        new SchemaShape([
            .. classes, .. OutputAnnotations.Shapes, MLNetInternals.CreateVectorColumn(Levels, NumberDataViewType.Double)]));

    /// <param name="scoreColumnSetId">That of the scores.</param>
    /// <param name="kind">That of the scores.</param>
    /// <param name="sets">Of the model.</param>
    /// <param name="classCount">At least 2.</param>
    /// <param name="addClasses">Adds their names.</param>
    /// <param name="probabilitiesOf">Of the classes for the current row; copied before the next call.</param>
    public static OutputColumn Create(
        uint scoreColumnSetId, string kind, LabelSets sets, int classCount,
        Func<DataViewSchema.Annotations.Builder, DataViewSchema.Annotations.Builder> addClasses,
        Func<Scorer, Action<Span<float>>> probabilitiesOf)
    {
        DataViewSchema.Annotations.Builder annotations = addClasses(new DataViewSchema.Annotations.Builder()
            .AddScoreColumnKind(kind).AddScoreColumnSetId(scoreColumnSetId).AddScoreValueKind(Name));
        annotations.Add(
            Levels, new VectorDataViewType(NumberDataViewType.Double, 1), (ref VBuffer<double> value) => value = new(1, [sets.Level]));
        return new(
            new(Name, new VectorDataViewType(BooleanDataViewType.Instance, classCount), annotations.ToAnnotations()),
            scorer => CreateGetter(sets, classCount, probabilitiesOf(scorer)));
    }

    private static ValueGetter<VBuffer<bool>> CreateGetter(LabelSets sets, int classCount, Action<Span<float>> getProbabilities)
    {
        var probabilities = new float[classCount];
        return (ref VBuffer<bool> value) =>
        {
            getProbabilities(probabilities);
            float largest = probabilities.Max();
            var editor = VBufferEditor.Create(ref value, classCount);
            for (int index = 0; index < classCount; index++)
                editor.Values[index] = sets.Contains(probabilities[index], largest);
            value = editor.Commit();
        };
    }
}
