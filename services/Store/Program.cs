using FoodDelivery.Platform.Hosting;
using FoodDelivery.Services.Store;

return await ServiceRunner.Run("Store", () => StoreService.Build(args));
