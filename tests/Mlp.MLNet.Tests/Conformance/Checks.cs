using Microsoft.ML;
using Microsoft.ML.Data;

namespace Mlp.MLNet.Tests.Conformance;

/// <summary>What every trainer must do, each check by its name.</summary>
internal static class Checks
{
    public static IReadOnlyDictionary<string, Action<string>> All { get; } = new OrderedDictionary<string, Action<string>>
    {
        ["columns"] = Columns,
        ["shapes"] = Shapes,
        ["agreement"] = Agreement,
        ["set id"] = SetId,
        ["repeated"] = RepeatedCursors,
        ["shuffled"] = ShuffledRows,
        ["parallel"] = CursorSets,
        ["row mapper"] = RowMapper,
        ["save, load"] = SaveAndLoad,
        ["bad columns"] = BadColumns,
        ["bad input"] = BadInput,
    };

    /// <summary>Names, order, types and annotations of the new columns, with their values.</summary>
    private static void Columns(string trainer)
    {
        var ml = new MLContext(seed: 1);
        IDataView data = Blobs.View(ml);
        foreach (var (_, label, columns) in Expected.Columns.Where(expected => expected.Task == Trainers.TaskOf(trainer)))
        {
            IDataView scored = Trainers.Create(ml, trainer, label).Fit(data).Transform(data);
            Assert.Equal(columns.Select(column => column.Name), scored.Schema.Skip(data.Schema.Count).Select(column => column.Name));
            Assert.All(columns, column => Assert.Equal(column.Column, ColumnText.Describe(scored, column.Name)));
            // The file keeps all of it.
            IDataView reloaded = ColumnText.SaveAndLoad(ml, Trainers.Create(ml, trainer, label).Fit(data), data.Schema).Transform(data);
            Assert.All(columns, column => Assert.Equal(column.Column, ColumnText.Describe(reloaded, column.Name)));
        }
    }

    /// <summary>The same of the estimator, as far as a shape tells.</summary>
    private static void Shapes(string trainer)
    {
        var ml = new MLContext(seed: 1);
        SchemaShape input = Tests.Shapes.Of(Blobs.View(ml));
        foreach (var (_, label, columns) in Expected.Shapes.Where(expected => expected.Task == Trainers.TaskOf(trainer)))
        {
            SchemaShape output = Trainers.Create(ml, trainer, label).GetOutputSchema(input);
            Assert.Equal(columns, output.Skip(input.Count).Select(ShapeText));
        }
    }

    /// <summary>Estimator schema, transformer schema and real output say the same.</summary>
    private static void Agreement(string trainer)
    {
        var ml = new MLContext(seed: 1);
        IDataView data = Blobs.View(ml);
        IEstimator<ITransformer> estimator = Trainers.Create(ml, trainer);
        ITransformer model = estimator.Fit(data);
        IDataView scored = model.Transform(data);
        Assert.Equal(
            scored.Schema.Select(column => $"{column.Name} {column.Type} {column.IsHidden}"),
            model.GetOutputSchema(data.Schema).Select(column => $"{column.Name} {column.Type} {column.IsHidden}"));
        Assert.Equal(Sorted(Tests.Shapes.Of(scored)), Sorted(estimator.GetOutputSchema(Tests.Shapes.Of(data))));
        // What the schema promises can be read.
        Assert.All(NewColumns(data, scored), column => Assert.Equal(150, ColumnText.Values(scored, column.Name).Length));

        static IEnumerable<string> Sorted(SchemaShape shape) => shape.Select(column =>
            $"{column.Name} {KindText(column)} "
                + $"{{{string.Join(", ", column.Annotations.Select(annotation => $"{annotation.Name} {KindText(annotation)}").Order())}}}")
                    .Order();
    }

    /// <summary>Predictions over predictions hide the first ones and have another id.</summary>
    private static void SetId(string trainer)
    {
        var ml = new MLContext(seed: 1);
        IDataView data = Blobs.View(ml);
        ITransformer model = Trainers.Create(ml, trainer).Fit(data);
        IDataView twice = model.Transform(model.Transform(data));
        Assert.Contains("ScoreColumnSetId: 2", ColumnText.Describe(twice, "Score"));
        Assert.Equal([true, false], twice.Schema.Where(column => column.Name == "Score").Select(column => column.IsHidden));
        Assert.Equal(ColumnText.Values(model.Transform(data), "Score"), ColumnText.Values(twice, "Score"));
    }

    private static void RepeatedCursors(string trainer)
    {
        var (data, scored) = Fitted(trainer);
        foreach (DataViewSchema.Column column in NewColumns(data, scored))
        {
            string[] first = ColumnText.Values(scored, column.Name);
            Assert.Equal(first, ColumnText.Values(scored, column.Name));
            Parallel.For(0, 4, _ => Assert.Equal(first, ColumnText.Values(scored, column.Name)));
        }
    }

    private static void ShuffledRows(string trainer)
    {
        var ml = new MLContext(seed: 1);
        IDataView data = Blobs.View(ml);
        ITransformer model = Trainers.Create(ml, trainer).Fit(data);
        IDataView straight = model.Transform(data), shuffled = model.Transform(ml.Data.ShuffleRows(data, seed: 3));
        Assert.NotEqual(ColumnText.Values(straight, "Text"), ColumnText.Values(shuffled, "Text"));
        Assert.Equal(Pairs(straight).Order(), Pairs(shuffled).Order());
        static IEnumerable<(string, string)> Pairs(IDataView view) => ColumnText.Values(view, "Text").Zip(ColumnText.Values(view, "Score"));
    }

    private static void CursorSets(string trainer)
    {
        var ml = new MLContext(seed: 1);
        IDataView data = Blobs.View(ml);
        IDataView scored = Trainers.Create(ml, trainer).Fit(data).Transform(ml.Data.Cache(data));
        DataViewSchema.Column text = scored.Schema["Text"], score = scored.Schema["Score"];
        var found = new List<(string, string)>();
        foreach (DataViewRowCursor cursor in scored.GetRowCursorSet([text, score], 3))
        {
            using (cursor)
            {
                Func<string> getText = ColumnText.Getter(cursor, text), getScore = ColumnText.Getter(cursor, score);
                while (cursor.MoveNext())
                    found.Add((getText(), getScore()));
            }
        }
        Assert.Equal(ColumnText.Values(scored, "Text").Zip(ColumnText.Values(scored, "Score")).Order(), found.Order());
    }

    private static void RowMapper(string trainer)
    {
        var ml = new MLContext(seed: 1);
        IDataView data = Blobs.View(ml);
        ITransformer model = Trainers.Create(ml, trainer).Fit(data);
        Assert.True(model.IsRowToRowMapper);
        IRowToRowMapper mapper = model.GetRowToRowMapper(data.Schema);
        IDataView scored = model.Transform(data);
        DataViewSchema.Column[] columns = [.. mapper.OutputSchema.Where(column => !column.IsHidden && column.Index >= data.Schema.Count)];
        Assert.Equal(["Features"], mapper.GetDependencies(columns).Select(column => column.Name));
        using DataViewRowCursor cursor = data.GetRowCursor(data.Schema);
        using DataViewRow row = mapper.GetRow(cursor, columns);
        Func<string>[] getters = [.. columns.Select(column => ColumnText.Getter(row, column))];
        var rows = new List<string>();
        while (cursor.MoveNext())
            rows.Add(string.Join("|", getters.Select(getter => getter())));
        string[][] expected = [.. columns.Select(column => ColumnText.Values(scored, column.Name))];
        Assert.Equal(Enumerable.Range(0, rows.Count).Select(index => string.Join("|", expected.Select(values => values[index]))), rows);
    }

    private static void SaveAndLoad(string trainer)
    {
        var ml = new MLContext(seed: 1);
        IDataView data = Blobs.View(ml);
        ITransformer model = Trainers.Create(ml, trainer).Fit(data);
        IDataView before = model.Transform(data), after = ColumnText.SaveAndLoad(new MLContext(), model, data.Schema).Transform(data);
        // Numbers as text that gives the same bits when read.
        Assert.All(NewColumns(data, before), column =>
            Assert.Equal(ColumnText.Values(before, column.Name), ColumnText.Values(after, column.Name)));
    }

    /// <summary>Missing columns and wrong types, from GetOutputSchema and from Fit.</summary>
    private static void BadColumns(string trainer)
    {
        var ml = new MLContext(seed: 1);
        IDataView data = Blobs.View(ml);
        string label = Trainers.LabelOf(trainer);
        foreach (string features in (string[])["Nope", "Doubles", "Variable", "Text", "Labels", "ClassKey"])
            AssertRefused(features, Trainers.Create(ml, trainer, label, features));
        foreach (string weight in (string[])["Nope", "Text", "Doubles", "Features", "ClassKey"])
            AssertRefused(weight, Trainers.Create(ml, trainer, label, weight: weight));
        string[] labels = Trainers.TaskOf(trainer) switch
        {
            "binary" => ["Nope", "Text", "Number", "Doubles", "Labels", "Features"],
            "multiclass" => ["Nope", "Text", "Flag", "Price", "Number", "Features", "Labels"],
            _ => ["Nope", "Text", "Flag", "Number", "ClassKey", "Doubles", "Labels"],
        };
        foreach (string wrong in labels)
            AssertRefused(wrong, Trainers.Create(ml, trainer, wrong));

        void AssertRefused(string column, IEstimator<ITransformer> estimator)
        {
            Assert.Contains(
                $"'{column}'", Assert.Throws<ArgumentOutOfRangeException>(() => estimator.GetOutputSchema(Tests.Shapes.Of(data))).Message);
            Assert.Contains($"'{column}'", Assert.Throws<ArgumentOutOfRangeException>(() => estimator.Fit(data)).Message);
        }
    }

    /// <summary>What is scored must have the features of the training.</summary>
    private static void BadInput(string trainer)
    {
        var ml = new MLContext(seed: 1);
        IDataView data = Blobs.View(ml);
        ITransformer model = Trainers.Create(ml, trainer).Fit(data);
        IDataView without = ml.Transforms.DropColumns("Features").Fit(data).Transform(data);
        IDataView wider = ml.Transforms.Concatenate("Features", "Features", "Price").Fit(data).Transform(data);
        foreach (IDataView wrong in new[] { without, wider })
        {
            Assert.Contains("'Features'", Assert.Throws<ArgumentOutOfRangeException>(() => model.GetOutputSchema(wrong.Schema)).Message);
            Assert.ThrowsAny<Exception>(() => model.Transform(wrong));
        }
        // No label is needed, nor any other column.
        IDataView features = ml.Transforms.DropColumns(
            [.. data.Schema.Select(column => column.Name).Distinct().Where(name => name != "Features")]).Fit(data).Transform(data);
        Assert.Equal(ColumnText.Values(model.Transform(data), "Score"), ColumnText.Values(model.Transform(features), "Score"));
    }

    private static (IDataView Data, IDataView Scored) Fitted(string trainer)
    {
        var ml = new MLContext(seed: 1);
        IDataView data = Blobs.View(ml);
        return (data, Trainers.Create(ml, trainer).Fit(data).Transform(data));
    }

    private static IEnumerable<DataViewSchema.Column> NewColumns(IDataView data, IDataView scored) => scored.Schema.Skip(data.Schema.Count);

    private static string ShapeText(SchemaShape.Column column) =>
        $"{column.Name} {KindText(column)} "
            + $"{{{string.Join(", ", column.Annotations.Select(annotation => $"{annotation.Name} {KindText(annotation)}"))}}}";

    private static string KindText(SchemaShape.Column column) =>
        $"{column.Kind} {(column.IsKey ? $"Key<{column.ItemType}>" : column.ItemType)}";
}
