using Microsoft.ML.Data;

namespace MLNet.GradStability.Standins.Tests;

public class VBufferTests
{
    private static readonly VBuffer<float> Sparse = new(6, 2, [5f, 7f], [1, 4]);

    [Fact]
    public void A_sparse_vector_gives_its_explicit_values_and_zeros()
    {
        Assert.False(Sparse.IsDense);
        Assert.Equal([0, 5, 0, 0, 7, 0], Sparse.DenseValues());
        Assert.Equal([(1, 5f), (4, 7f)], Sparse.Items().Select(i => (i.Key, i.Value)));
        Assert.Equal(6, Sparse.Items(all: true).Count());
        Assert.Equal(7, Sparse.GetItemOrDefault(4));
        Assert.Equal(0, Sparse.GetItemOrDefault(5));
        Assert.Equal([1, 4], Sparse.GetIndices().ToArray());
        Assert.Equal([5f, 7f], Sparse.GetValues().ToArray());
        Assert.Equal("Sparse vector of size 6, 2 explicit values", Sparse.ToString());
    }

    [Fact]
    public void Copies_keep_the_form_and_reuse_the_buffers()
    {
        float[] values = new float[8];
        int[] indices = new int[8];
        var target = new VBuffer<float>(8, values, indices);
        Sparse.CopyTo(ref target);
        Assert.Equal(Sparse.DenseValues(), target.DenseValues());
        Assert.Equal(2, target.GetValues().Length);
        Assert.Equal(5f, values[0]);
        Assert.Equal(4, indices[1]);

        Sparse.CopyToDense(ref target);
        Assert.True(target.IsDense);
        Assert.Equal(Sparse.DenseValues(), target.DenseValues());
        Assert.Equal(7f, values[4]);
    }

    [Fact]
    public void A_part_of_a_vector_can_be_copied()
    {
        VBuffer<float> part = default;
        Sparse.CopyTo(ref part, 1, 4);
        Assert.Equal([5, 0, 0, 7], part.DenseValues());
        new VBuffer<float>(3, [1f, 2f, 3f]).CopyTo(ref part, 1, 2);
        Assert.Equal([2f, 3f], part.GetValues().ToArray());
        VBuffer<float>.Copy([1f, 2f, 3f, 4f], 2, ref part, 2);
        Assert.Equal([3f, 4f], part.DenseValues());
    }

    [Fact]
    public void A_span_is_filled_with_the_given_default()
    {
        float[] target = new float[8];
        Sparse.CopyTo(target, 1, -1f);
        Assert.Equal([0, -1, 5, -1, -1, 7, -1, 0], target);
        Assert.Throws<ArgumentOutOfRangeException>(() => Sparse.CopyTo(new float[5]));
    }

    [Fact]
    public void An_editor_reuses_buffers_that_are_large_enough()
    {
        var buffer = new VBuffer<int>(4, [1, 2, 3, 4]);
        var editor = VBufferEditor.Create(ref buffer, 3);
        Assert.False(editor.CreatedNewValues);
        Assert.Equal([1, 2, 3], editor.Values.ToArray());
        Assert.True(editor.Indices.IsEmpty);
        editor.Values[0] = 9;
        Assert.Equal([9, 2, 3], editor.Commit().DenseValues());

        var grown = VBufferEditor.Create(ref buffer, 10, 2);
        Assert.True(grown.CreatedNewIndices);
        (grown.Indices[0], grown.Indices[1]) = (3, 8);
        Assert.Equal([3], grown.CommitTruncated(1).GetIndices().ToArray());
    }

    [Fact]
    public void Wrong_sizes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new VBuffer<float>(3, [1f]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VBuffer<float>(3, 2, [1f, 2f], [0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Sparse.GetItemOrDefault(6));
    }

    [Fact]
    public void Row_ids_derived_from_one_another_differ()
    {
        var id = new DataViewRowId(3, 0);
        DataViewRowId[] all = [id, id.Next(), id.Fork(), id.Combine(new(4, 0)), id.Combine(new(5, 0))];
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Equal(new DataViewRowId(3, 0), id);
        Assert.Equal("00000000000000000000000000000003", id.ToString());
    }
}
