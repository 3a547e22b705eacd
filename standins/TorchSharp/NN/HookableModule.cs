namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module with hooks before and after its forward pass.</summary>
        public class HookableModule<TPreHook, TPostHook> : Module
        {
            private readonly List<(string Key, TPreHook Hook)> _before = [];
            private readonly List<(string Key, TPostHook Hook)> _after = [];

            /// <summary>A module without parts.</summary>
            protected HookableModule(string name) : base(name)
            {
            }

            internal IEnumerable<TPreHook> Before => _before.Count == 0 ? [] : _before.Select(entry => entry.Hook).ToArray();

            internal IEnumerable<TPostHook> After => _after.Count == 0 ? [] : _after.Select(entry => entry.Hook).ToArray();

            /// <summary>Adds a hook that may replace the input.</summary>
            public HookRemover register_forward_pre_hook(TPreHook hook)
            {
                var key = Guid.NewGuid().ToString();
                _before.Add((key, hook));
                return new HookRemover(this, key);
            }

            /// <summary>Adds a hook that may replace the result.</summary>
            public HookRemover register_forward_hook(TPostHook hook)
            {
                var key = Guid.NewGuid().ToString();
                _after.Add((key, hook));
                return new HookRemover(this, key);
            }

            /// <summary>Takes a hook out again.</summary>
            public class HookRemover(HookableModule<TPreHook, TPostHook> module, string key)
            {
                /// <summary>Takes the hook out.</summary>
                public void remove()
                {
                    module._before.RemoveAll(entry => entry.Key == key);
                    module._after.RemoveAll(entry => entry.Key == key);
                }
            }
        }
    }
}
