namespace Microsoft.ML.Data;

/// <summary>Maps vectors item by item.</summary>
internal static class VectorMapping
{
    /// <summary>Maps every item, or, where the default maps to the default, the explicit ones alone.</summary>
    public static void MapItems<TSrc, TDst>(this in VBuffer<TSrc> src, ref VBuffer<TDst> dst, Func<TSrc, TDst> map, bool keepsSparse)
    {
        var values = src.GetValues();
        if (src.IsDense || keepsSparse)
        {
            var editor = VBufferEditor.Create(ref dst, src.Length, values.Length);
            for (int i = 0; i < values.Length; i++)
                editor.Values[i] = map(values[i]);
            src.GetIndices().CopyTo(editor.Indices);
            dst = editor.Commit();
            return;
        }
        var dense = VBufferEditor.Create(ref dst, src.Length);
        dense.Values.Fill(map(default));
        var indices = src.GetIndices();
        for (int i = 0; i < values.Length; i++)
            dense.Values[indices[i]] = map(values[i]);
        dst = dense.Commit();
    }
}
