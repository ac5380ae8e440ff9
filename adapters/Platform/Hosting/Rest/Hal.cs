namespace FoodDelivery.Platform.Hosting.Rest;

/// <summary>Answers in HAL: a resource with its links, a collection with what it embeds.</summary>
public static class Hal
{
    /// <summary>One resource: its fields, and <c>_links</c> with <c>self</c> and its own <paramref name="name"/>.</summary>
    /// <param name="fields">An object whose properties are the resource's fields.</param>
    /// <param name="self">The resource's path, such as <c>/orders/1</c>.</param>
    /// <param name="name">What it is, in the singular: <c>order</c>.</param>
    public static HalResource Resource(object fields, string self, string name) => new(fields, self, name);

    /// <summary>One page of a collection: <c>_embedded.name</c>, <c>_links</c> and <c>page</c>.</summary>
    /// <param name="name">What it holds, in the plural: <c>orders</c>.</param>
    /// <param name="items">The page's resources.</param>
    /// <param name="paging">Which page it is.</param>
    /// <param name="total">How many there are on all pages.</param>
    /// <param name="path">The collection's path, with its query except page and size.</param>
    public static HalCollection Collection(string name, IReadOnlyList<HalResource> items, Paging paging, Total total, string path) =>
        new(name, items, paging, total, path);
}
